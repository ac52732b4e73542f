#include "kernel.h"

// A multiplication is never fused with the addition after it: these kernels give the bits of the same formulas in Swift,
// on every processor.
#pragma clang fp contract(off)

#define NOT_A_NUMBER __builtin_nan("")
#define WITHOUT_END __builtin_inf()

PH_BODY vec square_root(vec x) { return __builtin_elementwise_sqrt(x); }

PH_BODY vec smaller(vec a, vec b) { return choose(b < a, b, a); }
PH_BODY vec larger(vec a, vec b) { return choose(b >= a, b, a); }

PH_BODY size_t count_lanes(mask condition) {
  size_t count = 0;
  for (size_t lane = 0; lane < VEC; lane++) count += condition[lane] != 0;
  return count;
}

// Up to eight rows from `i` on: the proportions of x among n and their limits at each level. In which rows there is none?
PH_BODY mask wilson_rows(vec x, vec n, size_t i, size_t rows, double multiplier, const double *z, size_t levels,
                         double *value, double *const *lower, double *const *upper) {
  mask proper = (x >= all(0)) & (x <= n) & (n > all(0)) & (n < all(WITHOUT_END));
  vec p = choose(proper, x / n, all(NOT_A_NUMBER));
  store_part(value + i, p * multiplier, rows);
  for (size_t level = 0; level < levels; level++) {
    double square = z[level] * z[level];
    vec root = square_root(0.25 * square + x * (1 - p));
    vec sum = (x + 0.5 * square) + z[level] * root;
    vec low = smaller(x * p / sum, p);
    vec high = smaller(larger(sum / (n + square), p), all(1));
    store_part(lower[level] + i, low * multiplier, rows);
    store_part(upper[level] + i, high * multiplier, rows);
  }
  return ~proper;
}

PH_BODY size_t ph_wilson_body(const double *x, const double *n, size_t rows, double multiplier, const double *z,
                              size_t levels, double *value, double *const *lower, double *const *upper) {
  size_t i = 0;
  mask improper = {0};
  for (; i + VEC <= rows; i += VEC)
    improper |= wilson_rows(load(x + i), load(n + i), i, VEC, multiplier, z, levels, value, lower, upper);
  if (i < rows)
    improper |= wilson_rows(load_part(x + i, rows - i, 0), load_part(n + i, rows - i, 1), i, rows - i, multiplier, z,
                            levels, value, lower, upper);
  return count_lanes(improper);
}
PH_KERNEL(size_t, ph_wilson,
          (const double *x, const double *n, size_t rows, double multiplier, const double *z, size_t levels,
           double *value, double *const *lower, double *const *upper),
          (x, n, rows, multiplier, z, levels, value, lower, upper))

// Up to eight rows from `i` on: rates and Byar's limits. Which rows have fewer than `fewest` events or no figure?
PH_BODY mask byar_rows(vec x, vec n, size_t i, size_t rows, double fewest, double multiplier, const double *z,
                       size_t levels, double *value, double *const *lower, double *const *upper) {
  vec rate = x / n * multiplier;
  mask usual = (x >= all(fewest)) & (n > all(0)) & (n < all(WITHOUT_END)) & (rate < all(WITHOUT_END));
  store_part(value + i, rate, rows);
  vec next = x + 1;
  vec low_centre = 1 - 1 / (9 * x), low_root = 3 * square_root(x);
  vec high_centre = 1 - 1 / (9 * next), high_root = 3 * square_root(next);
  for (size_t level = 0; level < levels; level++) {
    vec below = low_centre - z[level] / low_root;
    vec above = high_centre + z[level] / high_root;
    vec low = smaller(choose(below < all(0), all(0), x * (below * below * below)), x);
    vec high = larger(next * (above * above * above), x) / n * multiplier;
    usual &= high < all(WITHOUT_END);
    store_part(lower[level] + i, low / n * multiplier, rows);
    store_part(upper[level] + i, high, rows);
  }
  return ~usual;
}

PH_BODY size_t ph_byar_body(const double *x, const double *n, size_t rows, double fewest, double multiplier,
                            const double *z, size_t levels, double *value, double *const *lower,
                            double *const *upper) {
  size_t i = 0;
  mask unusual = {0};
  for (; i + VEC <= rows; i += VEC)
    unusual |= byar_rows(load(x + i), load(n + i), i, VEC, fewest, multiplier, z, levels, value, lower, upper);
  if (i < rows)
    unusual |= byar_rows(load_part(x + i, rows - i, fewest), load_part(n + i, rows - i, 1), i, rows - i, fewest,
                         multiplier, z, levels, value, lower, upper);
  return count_lanes(unusual);
}
PH_KERNEL(size_t, ph_byar,
          (const double *x, const double *n, size_t rows, double fewest, double multiplier, const double *z,
           size_t levels, double *value, double *const *lower, double *const *upper),
          (x, n, rows, fewest, multiplier, z, levels, value, lower, upper))
