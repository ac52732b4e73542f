#include "kernel.h"

PH_BODY void ph_moment_table_body(const int32_t *cell, const double *const *x, size_t k, const double *w,
                                  const double *r, size_t n, double *table, size_t stride) {
  for (size_t i = 0; i < n; i++) {
    double *moments = table + (size_t)cell[i] * stride;
    moments[0] += w[i];
    moments[1] += r[i];
    for (size_t j = 0; j < k; j++) moments[2 + j] += w[i] * x[j][i];
  }
}
PH_KERNEL(void, ph_moment_table,
          (const int32_t *cell, const double *const *x, size_t k, const double *w, const double *r, size_t n,
           double *table, size_t stride),
          (cell, x, k, w, r, n, table, stride))
