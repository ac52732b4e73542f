// One file for all: reading Boost's headers costs more than two seconds, whatever is taken from them.
#include "policy.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

double ph_erfc(double x) {
  return guarded([=] { return boost::math::erfc(x); });
}

double ph_log_gamma(double x) {
  return guarded([=] { return boost::math::lgamma(x); });
}

double ph_gamma(double x) {
  return guarded([=] { return boost::math::tgamma(x); });
}

double ph_digamma(double x) {
  return guarded([=] { return boost::math::digamma(x); });
}

double ph_trigamma(double x) {
  return guarded([=] { return boost::math::trigamma(x); });
}

void ph_log_gamma_row(const double *x, double *y, size_t count) {
  for (size_t i = 0; i < count; ++i) y[i] = ph_log_gamma(x[i]);
}

void ph_digamma_row(const double *x, double *y, size_t count) {
  for (size_t i = 0; i < count; ++i) y[i] = ph_digamma(x[i]);
}

void ph_trigamma_row(const double *x, double *y, size_t count) {
  for (size_t i = 0; i < count; ++i) y[i] = ph_trigamma(x[i]);
}

double ph_gamma_p(double a, double x) {
  return guarded([=] { return boost::math::gamma_p(a, x); });
}

double ph_gamma_q(double a, double x) {
  return guarded([=] { return boost::math::gamma_q(a, x); });
}

double ph_beta_i(double a, double b, double x) {
  return guarded([=] { return boost::math::ibeta(a, b, x); });
}

double ph_beta_ic(double a, double b, double x) {
  return guarded([=] { return boost::math::ibetac(a, b, x); });
}
