#include "kernel.h"

PH_BODY void ph_linear_predictor_body(const double *const *x, size_t p, const double *beta, const double *offset,
                                      size_t n, double *eta) {
  for (size_t i = 0; i < n; i++) eta[i] = offset ? offset[i] : 0;
  for (size_t j = 0; j < p; j++)
    for (size_t i = 0; i < n; i++) eta[i] += beta[j] * x[j][i];
}
PH_KERNEL(void, ph_linear_predictor,
          (const double *const *x, size_t p, const double *beta, const double *offset, size_t n, double *eta),
          (x, p, beta, offset, n, eta))

PH_BODY void ph_score_body(const double *const *x, size_t p, const double *r, size_t n, double *score) {
  for (size_t j = 0; j < p; j++) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += r[i] * x[j][i];
    score[j] += sum;
  }
}
PH_KERNEL(void, ph_score, (const double *const *x, size_t p, const double *r, size_t n, double *score),
          (x, p, r, n, score))
