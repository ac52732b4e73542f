#include "kernel.h"

// The moments of eight rows stand side by side in a buffer, a line a row, before they are added to their cells line by
// line; so rows of one cell follow each other through memory and need no care.
enum { MOST = 32 };

PH_BODY void ph_moment_table_body(const int32_t *cell, const double *const *x, size_t k, const double *w,
                                  const double *r, size_t n, double *table, size_t stride) {
  size_t i = 0;
  if (stride <= MOST) {
    // Column c of the transposed eight rows; columns past k + 2 stay 0.
    double rows[VEC * MOST] __attribute__((aligned(64)));
    memset(rows, 0, VEC * stride * sizeof(double));
    for (; i + VEC <= n; i += VEC) {
      vec weight = load(w + i), residual = load(r + i);
      for (size_t lane = 0; lane < VEC; lane++) {
        rows[lane * stride] = weight[lane];
        rows[lane * stride + 1] = residual[lane];
      }
      for (size_t j = 0; j < k; j++) {
        vec product = weight * load(x[j] + i);
        for (size_t lane = 0; lane < VEC; lane++) rows[lane * stride + 2 + j] = product[lane];
      }
      for (size_t lane = 0; lane < VEC; lane++) {
        double *moments = table + (size_t)cell[i + lane] * stride;
        for (size_t c = 0; c < stride; c += VEC)
          store(moments + c, load(moments + c) + load(rows + lane * stride + c));
      }
    }
  }
  for (; i < n; i++) {
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
