// exp and log of eight doubles at once, without tables.
#pragma once
#include <math.h>

#include "kernel.h"

// Adding it to a double below 2^51 in size rounds that to a whole number, which then stands in the low bits.
#define ROUNDING 0x1.8p52
// log 2 in two parts; the first has 32 bits, so that its products with whole numbers below 2^21 are exact.
#define LOG2_HIGH 0x1.62e42feep-1
#define LOG2_LOW 0x1.a39ef35793c76p-33

// 2^k for the whole number k that `shifted` = k + ROUNDING holds, |k| < 1023.
PH_BODY vec power_of_two(vec shifted) { return (vec)(((bits)shifted + 1023) << 52); }

// Whether a condition holds in any lane.
PH_BODY int any(mask condition) { return __builtin_reduce_or(condition) != 0; }

// exp r for |r| <= log(2) / 2: 1 + r + r^2 q(r), where q is the minimax polynomial of degree 9 (error below 4e-18; Remez's
// algorithm in 50 digits).
PH_BODY vec exp_of_small(vec r) {
  vec r2 = r * r, r4 = r2 * r2;
  vec q01 = 0x1.000000000000bp-1 + r * 0x1.5555555555561p-3;
  vec q23 = 0x1.555555555002fp-5 + r * 0x1.111111110d642p-7;
  vec q45 = 0x1.6c16c185a7728p-10 + r * 0x1.a01a01badf7d5p-13;
  vec q67 = 0x1.a0199693790d2p-16 + r * 0x1.71dddfd15a92ap-19;
  vec q89 = 0x1.28b0494d25b8ep-22 + r * 0x1.af85802d17f80p-26;
  vec q = (q01 + r2 * q23) + r4 * ((q45 + r2 * q67) + r4 * q89);
  return 1.0 + (r + r2 * q);
}

// exp x = 2^n exp r, n the whole number nearest to x / log 2 and |r| <= log(2) / 2.
PH_BODY vec exp_of(vec x) {
  // Without the sign bit, words are in the order of sizes; infinite and NaN are above 708.
  mask special = ((bits)x << 1) >= ((uint64_t)0x4086200000000000 << 1);
  if (__builtin_expect(!any(special), 1)) {
    vec shifted = x * 0x1.71547652b82fep0 + ROUNDING;
    vec n = shifted - ROUNDING;
    return exp_of_small((x - n * LOG2_HIGH) - n * LOG2_LOW) * power_of_two(shifted);
  }
  // Beyond these the result is 0 or infinite anyway; NaN fails both comparisons and stays.
  vec c = choose(x < -746.0, all(-746), x);
  c = choose(c > 710.0, all(710), c);
  vec n = (c * 0x1.71547652b82fep0 + ROUNDING) - ROUNDING;
  // 2^n in two halves, each a normal number: only the last product rounds where the result is subnormal.
  vec half = n * 0.5 + ROUNDING;
  vec rest = (n - (half - ROUNDING)) + ROUNDING;
  return exp_of_small((c - n * LOG2_HIGH) - n * LOG2_LOW) * power_of_two(half) * power_of_two(rest);
}

// k log 2 + log(1 + f) for -0.293 < f < 0.4143: with s = f / (2 + f), log(1 + f) = 2 atanh s = f - f^2/2 + s (f^2/2 + R),
// R = s^2 P(s^2), P the minimax polynomial of degree 6 (relative error below 2e-18). The form keeps f exact.
PH_BODY vec log_from_parts(vec k, vec f) {
  vec s = f / (2.0 + f);
  vec z = s * s, z2 = z * z;
  vec p = (0x1.5555555555593p-1 + z * 0x1.999999997fc78p-2) +
          z2 * ((0x1.2492494204432p-2 + z * 0x1.c71c51f8bb628p-3) +
                z2 * ((0x1.7466428857142p-3 + z * 0x1.39a157f88fb5ap-3) + z2 * 0x1.2f0978de8d5a2p-3));
  vec half_square = 0.5 * f * f;
  return k * LOG2_HIGH - ((half_square - (s * (half_square + z * p) + k * LOG2_LOW)) - f);
}

// log x for the words of normal positive numbers: k log 2 + log(1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), k moved by
// `shift`.
PH_BODY vec log_of_normal(bits word, vec shift) {
  // Moved by the bits of sqrt(1/2), the exponent field counts from there.
  bits biased = (word + ((uint64_t)0x3ff0000000000000 - (uint64_t)0x3fe6a09e667f3bcd)) >> 52;
  // A whole number below 2^52 in the low bits of 2^52.
  vec k = (vec)(biased | 0x4330000000000000) - (0x1p52 + 1023.0) + shift;
  vec f = (vec)(word - (biased << 52) + ((uint64_t)1023 << 52)) - 1.0;
  return log_from_parts(k, f);
}

PH_BODY vec log_of(vec x) {
  const uint64_t smallest = 0x0010000000000000, infinite = 0x7ff0000000000000;
  mask special = (bits)x - smallest >= infinite - smallest;
  if (__builtin_expect(!any(special), 1)) return log_of_normal((bits)x, all(0));
  mask subnormal = x < 0x1p-1022;
  vec result = log_of_normal((bits)choose(subnormal, x * 0x1p54, x), choose(subnormal, all(-54), all(0)));
  result = choose(x < INFINITY, result, x);
  result = choose(x > 0.0, result, all(NAN));
  result = choose(x == 0.0, all(-INFINITY), result);
  return choose(x == x, result, x);
}

// log(1 + e) for 0 <= e <= 1.
PH_BODY vec log_of_one_plus(vec e) {
  mask large = e > 0x1.a827999fcef32p-2;
  vec k = choose(large, all(1), all(0));
  return log_from_parts(k, choose(large, (e - 1.0) * 0.5, e));
}
