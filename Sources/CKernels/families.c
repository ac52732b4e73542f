#include <math.h>

#include "kernel.h"

PH_BODY double ph_poisson_log_block_body(const double *eta, const double *y, const double *a, size_t n, double *mu,
                                         double *w, double *r) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    double mean = exp(eta[i]), weight = a ? a[i] : 1;
    if (mu) mu[i] = mean;
    w[i] = weight * mean;
    r[i] = weight * (y[i] - mean);
    sum += weight * (y[i] * eta[i] - mean);
  }
  return sum;
}
PH_KERNEL(double, ph_poisson_log_block,
          (const double *eta, const double *y, const double *a, size_t n, double *mu, double *w, double *r),
          (eta, y, a, n, mu, w, r))

PH_BODY double ph_binomial_logit_block_body(const double *eta, const double *y, const double *a, size_t n, double *mu,
                                            double *w, double *r) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    double weight = a ? a[i] : 1, odds = exp(-fabs(eta[i])), larger = 1 / (1 + odds), smaller = odds * larger;
    int positive = eta[i] >= 0;
    if (mu) mu[i] = positive ? larger : smaller;
    w[i] = weight * (larger * smaller);
    r[i] = weight * (positive ? (y[i] - 1) + smaller : y[i] - smaller);
    // y eta - log(1 + exp(eta)), where log(1 + exp(eta)) = max(eta, 0) + log(1 + exp(-|eta|)).
    sum += weight * ((positive ? y[i] - 1 : y[i]) * eta[i] - log1p(odds));
  }
  return sum;
}
PH_KERNEL(double, ph_binomial_logit_block,
          (const double *eta, const double *y, const double *a, size_t n, double *mu, double *w, double *r),
          (eta, y, a, n, mu, w, r))
