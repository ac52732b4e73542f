#include "kernel.h"

size_t ph_weighted_gram_scratch(size_t p, size_t n) {
  (void)p;
  return n;
}

PH_BODY void ph_weighted_gram_body(const double *const *x, size_t p, const double *w, size_t n, double *gram,
                                   double *scratch) {
  for (size_t j = 0; j < p; j++) {
    for (size_t i = 0; i < n; i++) scratch[i] = w ? w[i] * x[j][i] : x[j][i];
    for (size_t k = j; k < p; k++) {
      double sum = 0;
      for (size_t i = 0; i < n; i++) sum += scratch[i] * x[k][i];
      gram[k + j * p] += sum;
    }
  }
}
PH_KERNEL(void, ph_weighted_gram,
          (const double *const *x, size_t p, const double *w, size_t n, double *gram, double *scratch),
          (x, p, w, n, gram, scratch))
