#include "kernel.h"

// A multiplication is never fused with the addition after it: these kernels give the same bits on every processor.
#pragma clang fp contract(off)

// Events and people side by side.
typedef double pair __attribute__((vector_size(16)));

// How many rows ahead columns are asked for.
enum { AHEAD = 128 };

// Which of eight rows are no part of a total: missing, negative, infinite, or more events than people where these limit
// them?
PH_BODY mask improper_rows(vec x, vec n, int limited) {
  vec most = limited ? n : all(__builtin_inf());
  return ~((x >= all(0)) & (n >= all(0)) & (x < all(__builtin_inf())) & (n < all(__builtin_inf())) & (x <= most));
}

// Which of eight rows are no whole numbers? Below 2^52 whole numbers alone outlast the addition of 2^52.
PH_BODY mask broken_rows(vec x, vec n) {
  vec large = all(0x1p52);
  return ((x + large) - large != x) | ((n + large) - large != n);
}

PH_BODY int any_row(mask condition) {
  int64_t any = 0;
  for (size_t lane = 0; lane < VEC; lane++) any |= condition[lane];
  return any != 0;
}

PH_BODY size_t ph_add_counts_body(const double *x, const double *n, const int32_t *group, size_t rows, int limited,
                                  double *totals) {
  for (size_t i = 0; i < rows; i += VEC) {
    // The rows of some loops further on: additions anywhere in memory keep the processor from looking so far ahead.
    if (rows - i > AHEAD) {
      __builtin_prefetch(x + i + AHEAD);
      __builtin_prefetch(n + i + AHEAD);
      __builtin_prefetch(group + i + AHEAD);
    }
    size_t count = rows - i < VEC ? rows - i : VEC;
    vec a = count < VEC ? load_part(x + i, count, 0) : load(x + i);
    vec b = count < VEC ? load_part(n + i, count, 0) : load(n + i);
    if (any_row(improper_rows(a, b, limited) | broken_rows(a, b))) return i;
    for (size_t k = i; k < i + count; k++) {
      pair sum;
      memcpy(&sum, totals + 2 * (size_t)group[k], sizeof sum);
      sum = sum + (pair){x[k], n[k]};
      memcpy(totals + 2 * (size_t)group[k], &sum, sizeof sum);
    }
  }
  return rows;
}
PH_KERNEL(size_t, ph_add_counts,
          (const double *x, const double *n, const int32_t *group, size_t rows, int limited, double *totals),
          (x, n, group, rows, limited, totals))

// Knuth's two-sum: adds to totals and adds what the rounding loses to the two doubles after them.
PH_BODY void add_pair(double *total, pair addend) {
  pair high, low;
  memcpy(&high, total, sizeof high);
  memcpy(&low, total + 2, sizeof low);
  pair sum = high + addend;
  pair part = sum - high;
  low = low + ((high - (sum - part)) + (addend - part));
  memcpy(total, &sum, sizeof sum);
  memcpy(total + 2, &low, sizeof low);
}

PH_BODY int ph_add_totals_body(const double *x, const double *n, const int32_t *group, size_t rows, int limited,
                               double *totals) {
  mask improper = {0};
  for (size_t i = 0; i < rows; i += VEC) {
    size_t count = rows - i < VEC ? rows - i : VEC;
    vec a = count < VEC ? load_part(x + i, count, 0) : load(x + i);
    vec b = count < VEC ? load_part(n + i, count, 0) : load(n + i);
    improper |= improper_rows(a, b, limited);
    for (size_t k = i; k < i + count; k++) add_pair(totals + 4 * (size_t)group[k], (pair){x[k], n[k]});
  }
  return any_row(improper);
}
PH_KERNEL(int, ph_add_totals,
          (const double *x, const double *n, const int32_t *group, size_t rows, int limited, double *totals),
          (x, n, group, rows, limited, totals))
