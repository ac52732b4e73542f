#include "kernel.h"

PH_BODY void ph_cells_body(const int32_t *const *codes, const int32_t *steps, size_t factors, size_t n,
                           int32_t *restrict cell) {
  if (factors == 0) memset(cell, 0, n * sizeof(int32_t));
  for (size_t f = 0; f < factors; f++) {
    const int32_t *code = codes[f];
    int32_t step = steps[f];
    if (f == 0) {
      for (size_t i = 0; i < n; i++) cell[i] = code[i] * step;
    } else {
      for (size_t i = 0; i < n; i++) cell[i] += code[i] * step;
    }
  }
}
PH_KERNEL(void, ph_cells, (const int32_t *const *codes, const int32_t *steps, size_t factors, size_t n, int32_t *cell),
          (codes, steps, factors, n, cell))

// The constants of eight rows' cells.
PH_BODY vec gather(const double *constants, const int32_t *cell) {
  return (vec){constants[cell[0]], constants[cell[1]], constants[cell[2]], constants[cell[3]],
               constants[cell[4]], constants[cell[5]], constants[cell[6]], constants[cell[7]]};
}

PH_BODY void ph_cell_predictor_body(const int32_t *cell, const double *constants, const double *const *x, size_t k,
                                    const double *beta, const double *offset, size_t n, double *eta) {
  size_t i = 0;
  for (; i + 2 * VEC <= n; i += 2 * VEC) {
    vec first = gather(constants, cell + i), second = gather(constants, cell + i + VEC);
    if (offset) {
      first += load(offset + i);
      second += load(offset + i + VEC);
    }
    for (size_t j = 0; j < k; j++) {
      first += beta[j] * load(x[j] + i);
      second += beta[j] * load(x[j] + i + VEC);
    }
    store(eta + i, first);
    store(eta + i + VEC, second);
  }
  for (; i < n; i++) {
    double sum = constants[cell[i]] + (offset ? offset[i] : 0);
    for (size_t j = 0; j < k; j++) sum += beta[j] * x[j][i];
    eta[i] = sum;
  }
}
PH_KERNEL(void, ph_cell_predictor,
          (const int32_t *cell, const double *constants, const double *const *x, size_t k, const double *beta,
           const double *offset, size_t n, double *eta),
          (cell, constants, x, k, beta, offset, n, eta))
