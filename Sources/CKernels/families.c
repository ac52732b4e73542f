#include "elementary.h"

// Each body runs with constants for what is there, so that the loop has no branches; the rows past the last whole vector
// go through a vector with harmless values in the lanes to spare.
PH_BODY vec poisson_log_rows(vec eta, vec y, vec a, vec *mu, vec *w, vec *r) {
  *mu = exp_of(eta);
  *w = a * *mu;
  *r = a * (y - *mu);
  return a * (y * eta - *mu);
}

PH_BODY vec binomial_logit_rows(vec eta, vec y, vec a, vec *mu, vec *w, vec *r) {
  mask positive = eta >= 0.0;
  // exp(-|eta|), so that nothing overflows; of mu and 1 - mu the smaller one comes without cancellation.
  vec odds = exp_of(choose(positive, -eta, eta));
  vec larger = 1.0 / (1.0 + odds), smaller = odds * larger;
  *mu = choose(positive, larger, smaller);
  *w = a * (larger * smaller);
  // y - mu is (y - 1) + (1 - mu), and y eta - log(1 + exp(eta)) is (y - 1) eta - log(1 + exp(-eta)).
  vec centred = choose(positive, y - 1.0, y);
  *r = a * (centred + choose(positive, smaller, -smaller));
  return a * (centred * eta - log_of_one_plus(odds));
}

// Runs `rows` over a block and adds up what it returns.
#define BLOCK_BODY(name, rows)                                                                                         \
  PH_BODY double name##_with(const double *eta, const double *y, const double *a, size_t n, double *mu, double *w,     \
                             double *r, int weighted, int means) {                                                     \
    vec sum = all(0), m, weight, residual;                                                                             \
    size_t i = 0;                                                                                                      \
    for (; i + VEC <= n; i += VEC) {                                                                                   \
      sum += rows(load(eta + i), load(y + i), weighted ? load(a + i) : all(1), &m, &weight, &residual);                \
      if (means) store(mu + i, m);                                                                                     \
      store(w + i, weight);                                                                                            \
      store(r + i, residual);                                                                                          \
    }                                                                                                                  \
    if (i < n) {                                                                                                       \
      /* A weight of 0 keeps the lanes to spare out of the sum. */                                                     \
      const double ones[VEC] = {1, 1, 1, 1, 1, 1, 1, 1};                                                               \
      size_t left = n - i;                                                                                             \
      vec prior = load_part(weighted ? a + i : ones, left, 0);                                                         \
      sum += rows(load_part(eta + i, left, 0), load_part(y + i, left, 0), prior, &m, &weight, &residual);              \
      if (means) store_part(mu + i, m, left);                                                                          \
      store_part(w + i, weight, left);                                                                                 \
      store_part(r + i, residual, left);                                                                               \
    }                                                                                                                  \
    return total(sum);                                                                                                 \
  }                                                                                                                    \
  PH_BODY double name##_body(const double *eta, const double *y, const double *a, size_t n, double *mu, double *w,     \
                             double *r) {                                                                              \
    if (a) {                                                                                                           \
      return mu ? name##_with(eta, y, a, n, mu, w, r, 1, 1) : name##_with(eta, y, a, n, mu, w, r, 1, 0);               \
    }                                                                                                                  \
    return mu ? name##_with(eta, y, a, n, mu, w, r, 0, 1) : name##_with(eta, y, a, n, mu, w, r, 0, 0);                 \
  }                                                                                                                    \
  PH_KERNEL(double, name,                                                                                              \
            (const double *eta, const double *y, const double *a, size_t n, double *mu, double *w, double *r),         \
            (eta, y, a, n, mu, w, r))

BLOCK_BODY(ph_poisson_log_block, poisson_log_rows)
BLOCK_BODY(ph_binomial_logit_block, binomial_logit_rows)

PH_BODY double ph_pearson_body(const double *w, const double *r, size_t n) {
  vec sum = all(0);
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) {
    vec weight = load(w + i), residual = load(r + i);
    sum += choose(weight > 0.0, residual * residual / weight, all(0));
  }
  if (i < n) {
    vec weight = load_part(w + i, n - i, 0), residual = load_part(r + i, n - i, 0);
    sum += choose(weight > 0.0, residual * residual / weight, all(0));
  }
  return total(sum);
}
PH_KERNEL(double, ph_pearson, (const double *w, const double *r, size_t n), (w, r, n))

PH_BODY size_t ph_count_outside_body(const double *x, size_t n, double low, double high) {
  mask count = {0};
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) {
    vec value = load(x + i);
    // A condition that holds is −1.
    count -= (value < low) | (value > high);
  }
  size_t total = 0;
  for (size_t lane = 0; lane < VEC; lane++) total += (size_t)count[lane];
  for (; i < n; i++) total += x[i] < low || x[i] > high;
  return total;
}
PH_KERNEL(size_t, ph_count_outside, (const double *x, size_t n, double low, double high), (x, n, low, high))
