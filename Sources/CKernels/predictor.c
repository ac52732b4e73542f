#include "kernel.h"

// Sums for 4 vectors of rows stay in registers while all columns pass by.
PH_BODY void predict_rows(const double *const *x, size_t p, const double *beta, const double *offset, size_t row,
                          double *eta) {
  vec sum[4];
  for (size_t v = 0; v < 4; v++) sum[v] = offset ? load(offset + row + v * VEC) : all(0);
  for (size_t j = 0; j < p; j++) {
    const double *column = x[j] + row;
    for (size_t v = 0; v < 4; v++) sum[v] += beta[j] * load(column + v * VEC);
  }
  for (size_t v = 0; v < 4; v++) store(eta + row + v * VEC, sum[v]);
}

PH_BODY void ph_linear_predictor_body(const double *const *x, size_t p, const double *beta, const double *offset,
                                      size_t n, double *eta) {
  size_t row = 0;
  for (; row + 4 * VEC <= n; row += 4 * VEC) predict_rows(x, p, beta, offset, row, eta);
  for (; row < n; row++) {
    double sum = offset ? offset[row] : 0;
    for (size_t j = 0; j < p; j++) sum += beta[j] * x[j][row];
    eta[row] = sum;
  }
}
PH_KERNEL(void, ph_linear_predictor,
          (const double *const *x, size_t p, const double *beta, const double *offset, size_t n, double *eta),
          (x, p, beta, offset, n, eta))

// The vectors of one column past `row`, kept in `packed` on the way.
PH_BODY void predict_packing(const double *const *x, size_t p, const double *beta, const double *offset, size_t row,
                             size_t vectors, double *eta, double *pack, size_t stride) {
  vec sum[4];
  for (size_t v = 0; v < vectors; v++) sum[v] = offset ? load(offset + row + v * VEC) : all(0);
  for (size_t j = 0; j < p; j++) {
    const double *column = x[j] + row;
    double *packed = pack + j * stride + row;
    for (size_t v = 0; v < vectors; v++) {
      vec value = load(column + v * VEC);
      store(packed + v * VEC, value);
      if (beta) sum[v] += beta[j] * value;
    }
  }
  for (size_t v = 0; v < vectors && beta; v++) store(eta + row + v * VEC, sum[v]);
}

PH_BODY void ph_predict_and_pack_body(const double *const *x, size_t p, const double *beta, const double *offset,
                                      size_t n, double *eta, double *pack) {
  const size_t stride = ph_pack_stride(n);
  double *columns = pack + stride;
  size_t row = 0;
  if (beta) {
    for (; row + 4 * VEC <= n; row += 4 * VEC) predict_packing(x, p, beta, offset, row, 4, eta, columns, stride);
    for (; row + VEC <= n; row += VEC) predict_packing(x, p, beta, offset, row, 1, eta, columns, stride);
  } else {
    for (; row + 4 * VEC <= n; row += 4 * VEC) predict_packing(x, p, NULL, NULL, row, 4, eta, columns, stride);
    for (; row + VEC <= n; row += VEC) predict_packing(x, p, NULL, NULL, row, 1, eta, columns, stride);
  }
  if (row < n) {
    vec sum = offset ? load_part(offset + row, n - row, 0) : all(0);
    for (size_t j = 0; j < p; j++) {
      vec value = load_part(x[j] + row, n - row, 0);
      store(columns + j * stride + row, value);
      if (beta) sum += beta[j] * value;
    }
    if (beta) store_part(eta + row, sum, n - row);
  }
}
PH_KERNEL(void, ph_predict_and_pack,
          (const double *const *x, size_t p, const double *beta, const double *offset, size_t n, double *eta,
           double *pack),
          (x, p, beta, offset, n, eta, pack))

// Four columns at a time share what is read of r; two sums a column hide the latency of additions.
PH_BODY void score_columns(const double *const *x, size_t count, const double *r, size_t n, double *score) {
  vec sum[4][2];
  for (size_t j = 0; j < count; j++) sum[j][0] = sum[j][1] = all(0);
  size_t row = 0;
  for (; row + 2 * VEC <= n; row += 2 * VEC) {
    vec r0 = load(r + row), r1 = load(r + row + VEC);
    for (size_t j = 0; j < count; j++) {
      sum[j][0] += r0 * load(x[j] + row);
      sum[j][1] += r1 * load(x[j] + row + VEC);
    }
  }
  for (size_t j = 0; j < count; j++) {
    double rest = 0;
    for (size_t i = row; i < n; i++) rest += r[i] * x[j][i];
    score[j] += total(sum[j][0] + sum[j][1]) + rest;
  }
}

PH_BODY void ph_score_body(const double *const *x, size_t p, const double *r, size_t n, double *score) {
  size_t j = 0;
  for (; j + 4 <= p; j += 4) score_columns(x + j, 4, r, n, score + j);
  for (; j < p; j++) score_columns(x + j, 1, r, n, score + j);
}
PH_KERNEL(void, ph_score, (const double *const *x, size_t p, const double *r, size_t n, double *score),
          (x, p, r, n, score))
