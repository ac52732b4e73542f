#include "elementary.h"

PH_BODY void ph_exp_body(const double *x, double *y, size_t n) {
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) store(y + i, exp_of(load(x + i)));
  if (i < n) store_part(y + i, exp_of(load_part(x + i, n - i, 0)), n - i);
}
PH_KERNEL(void, ph_exp, (const double *x, double *y, size_t n), (x, y, n))

PH_BODY void ph_log_body(const double *x, double *y, size_t n) {
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) store(y + i, log_of(load(x + i)));
  if (i < n) store_part(y + i, log_of(load_part(x + i, n - i, 1)), n - i);
}
PH_KERNEL(void, ph_log, (const double *x, double *y, size_t n), (x, y, n))
