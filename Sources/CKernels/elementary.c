#include <math.h>

#include "kernel.h"

PH_BODY void ph_exp_body(const double *x, double *y, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] = exp(x[i]);
}
PH_KERNEL(void, ph_exp, (const double *x, double *y, size_t n), (x, y, n))

PH_BODY void ph_log_body(const double *x, double *y, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] = log(x[i]);
}
PH_KERNEL(void, ph_log, (const double *x, double *y, size_t n), (x, y, n))
