// How a kernel becomes two functions: `name`, which the loader binds to the clone for this processor, and
// `name_plain`, compiled for the oldest processor that the target allows.
#pragma once
#include <string.h>

#include "CKernels.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PH_ONE_PROCESSOR
#endif
#endif

// The loader picks a clone before the thread sanitizer has started, which then fails: there is one function with it.
#if defined(__x86_64__) && defined(__linux__) && !defined(PH_ONE_PROCESSOR)
// Clang keeps to 256 bits on x86-64-v4 unless a function asks for more.
#define PH_WIDE __attribute__((min_vector_width(512)))
#define PH_CLONES PH_WIDE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define PH_WIDE
#define PH_CLONES
#endif

// Inlined into both, so that each is compiled for its own processor.
#define PH_BODY static inline __attribute__((always_inline))

#define PH_KERNEL(result, name, parameters, arguments)                                                                 \
  PH_CLONES result name parameters { return name##_body arguments; }                                                   \
  result name##_plain parameters { return name##_body arguments; }

// Vectors go in and out of inlined functions only, where it does not matter how a call would pass them.
#pragma clang diagnostic ignored "-Wpsabi"

// Eight doubles or as many 64-bit words, which the compiler cuts into what the processor has.
typedef double vec __attribute__((vector_size(64)));
typedef uint64_t bits __attribute__((vector_size(64)));
typedef int64_t mask __attribute__((vector_size(64)));
enum { VEC = 8 };

PH_BODY vec load(const double *x) {
  vec v;
  memcpy(&v, x, sizeof v);
  return v;
}

PH_BODY void store(double *x, vec v) { memcpy(x, &v, sizeof v); }

// The first `count` of eight doubles, `rest` for the others.
PH_BODY vec load_part(const double *x, size_t count, double rest) {
  vec v = {rest, rest, rest, rest, rest, rest, rest, rest};
  memcpy(&v, x, count * sizeof(double));
  return v;
}

PH_BODY void store_part(double *x, vec v, size_t count) { memcpy(x, &v, count * sizeof(double)); }

PH_BODY vec all(double x) { return (vec){x, x, x, x, x, x, x, x}; }

// a where the condition holds, else b.
PH_BODY vec choose(mask condition, vec a, vec b) {
  return (vec)(((bits)condition & (bits)a) | (~(bits)condition & (bits)b));
}

// The sum of the lanes, always in the same order.
PH_BODY double total(vec v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

// How far apart the columns of a packed block of n rows are: 8 doubles more than whole vectors need, so that
// neighbouring columns do not start at the same place of a page.
static inline size_t ph_pack_stride(size_t n) { return (n + VEC - 1) / VEC * VEC + VEC; }
