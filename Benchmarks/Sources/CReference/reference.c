#include "CReference.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

typedef double wide __attribute__((vector_size(64), aligned(8)));
#define WIDE 8

#define BODY static inline __attribute__((always_inline))

BODY double total(const wide *sums) {
  double sum = 0;
  for (int i = 0; i < WIDE; i++) sum += (*sums)[i];
  return sum;
}

BODY double memory_body(const double *values, size_t count) {
  wide a = {0}, b = {0}, c = {0}, d = {0};
  const wide *rows = (const wide *)values;
  for (size_t i = 0; i + 4 <= count / WIDE; i += 4) {
    a += rows[i];
    b += rows[i + 1];
    c += rows[i + 2];
    d += rows[i + 3];
  }
  const wide sums = (a + b) + (c + d);
  return total(&sums);
}

BODY double polynomials_body(const double *points, size_t count, size_t passes) {
  const wide *rows = (const wide *)points;
  wide sums = {0};
  for (size_t pass = 0; pass < passes; pass++) {
    const wide start = (wide){0} + 1.0 / (double)(pass + 1);
    for (size_t i = 0; i + 4 <= count / WIDE; i += 4) {
      wide y[4];
      for (int k = 0; k < 4; k++) y[k] = start;
      for (int power = 0; power < 12; power++)
        for (int k = 0; k < 4; k++) y[k] = y[k] * rows[i + k] + start;
      sums += (y[0] + y[1]) + (y[2] + y[3]);
    }
  }
  return total(&sums);
}

BODY double divisions_body(const double *points, size_t count, size_t passes) {
  const wide *rows = (const wide *)points;
  wide sums = {0};
  for (size_t pass = 0; pass < passes; pass++) {
    const wide shift = (wide){0} + (double)(pass + 1);
    for (size_t i = 0; i < count / WIDE; i++) {
      const wide x = rows[i] + shift;
      sums += __builtin_elementwise_sqrt(x) / (x + 1.0) + 1.0 / x;
    }
  }
  return total(&sums);
}

#if defined(__x86_64__)
// Without it clang takes half vectors.
#if __has_attribute(min_vector_width)
#define FULL __attribute__((min_vector_width(512)))
#else
#define FULL
#endif
#define VERSION(name, suffix, level, parameters, arguments) \
  FULL __attribute__((target("arch=" level))) static double name##_##suffix parameters { return name##_body arguments; }
#define VERSIONS(name, parameters, arguments)                            \
  VERSION(name, v4, "x86-64-v4", parameters, arguments)                  \
  VERSION(name, v3, "x86-64-v3", parameters, arguments)                  \
  double ref_##name parameters {                                         \
    if (__builtin_cpu_supports("x86-64-v4")) return name##_v4 arguments; \
    if (__builtin_cpu_supports("x86-64-v3")) return name##_v3 arguments; \
    return name##_body arguments;                                        \
  }
#else
#define VERSIONS(name, parameters, arguments) \
  double ref_##name parameters { return name##_body arguments; }
#endif

VERSIONS(memory, (const double *values, size_t count), (values, count))
VERSIONS(polynomials, (const double *points, size_t count, size_t passes), (points, count, passes))
VERSIONS(divisions, (const double *points, size_t count, size_t passes), (points, count, passes))

double ref_chain(const double *points, size_t count, size_t passes) {
  double y = 1;
  for (size_t pass = 0; pass < passes; pass++)
    for (size_t i = 0; i < count; i++) {
      y = y * points[i] + 1;
      if (i % 8 == 7) y = 1 / y;
    }
  return y;
}

double ref_singles(const double *points, double *sums, size_t count, size_t passes) {
  double low = 0, high = 0;
  for (size_t pass = 0; pass < passes; pass++) {
    const double share = 1.0 / (double)(pass + 2);
#pragma clang loop vectorize(disable) interleave(disable) unroll(disable)
    for (size_t i = 0; i < count; i++) {
      const double x = points[i], y = points[(i * 5 + pass) & (count - 1)];
      const double moved = x + share * y, lost = moved * y;
      sums[i] = moved - lost;
      low += lost;
      high += moved > 0.3 ? x : y;
    }
  }
  return low + high + sums[count / 2];
}

double ref_integers(size_t steps) {
  uint64_t state[4] = {1, 2, 3, 4};
  for (size_t i = 0; i < steps; i++)
    for (int k = 0; k < 4; k++) {
      const unsigned __int128 product = (unsigned __int128)state[k] * 0x9E3779B97F4A7C15u;
      state[k] = (uint64_t)(product >> 64) ^ (uint64_t)product ^ (i + (uint64_t)k);
    }
  return (double)(state[0] ^ state[1] ^ state[2] ^ state[3]);
}

double ref_fields(const uint8_t *bytes, size_t count) {
  uint64_t number = 0, sum = 0, lines = 0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t byte = bytes[i];
    if (byte == ',') {
      sum += number;
      number = 0;
    } else if (byte == '\n') {
      sum += number;
      number = 0;
      lines++;
    } else {
      number = number * 10 + (uint64_t)(byte - '0');
    }
  }
  return (double)sum + (double)lines;
}

void ref_give_memory_back(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
