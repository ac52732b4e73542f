// Functions of Boost.Math behind C linkage. Outside a function's domain the answer is NaN.
#ifndef CBOOSTMATH_H
#define CBOOSTMATH_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The complementary error function.
double ph_erfc(double x);

/// log |Γ(x)|.
double ph_log_gamma(double x);
/// Γ(x).
double ph_gamma(double x);
/// ψ(x), the derivative of log Γ.
double ph_digamma(double x);
/// ψ′(x).
double ph_trigamma(double x);
/// y[i] = log |Γ(x[i])|, and likewise below.
void ph_log_gamma_row(const double *x, double *y, size_t count);
void ph_digamma_row(const double *x, double *y, size_t count);
void ph_trigamma_row(const double *x, double *y, size_t count);

/// P(a, x), the regularised lower incomplete gamma function.
double ph_gamma_p(double a, double x);
/// Q(a, x) = 1 − P(a, x).
double ph_gamma_q(double a, double x);

/// I_x(a, b), the regularised incomplete beta function.
double ph_beta_i(double a, double b, double x);
/// 1 − I_x(a, b).
double ph_beta_ic(double a, double b, double x);

#ifdef __cplusplus
}
#endif

#endif
