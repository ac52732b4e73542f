// Functions of Boost.Math behind C linkage. Outside a function's domain the answer is NaN.
#ifndef CBOOSTMATH_H
#define CBOOSTMATH_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The complementary error function.
double ph_erfc(double x);
/// The x with erfc(x) = y; NaN outside 0...2.
double ph_erfc_inverse(double y);

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
/// The x with P(a, x) = p.
double ph_gamma_p_inverse(double a, double p);
/// The x with Q(a, x) = q.
double ph_gamma_q_inverse(double a, double q);

/// I_x(a, b), the regularised incomplete beta function.
double ph_beta_i(double a, double b, double x);
/// 1 − I_x(a, b).
double ph_beta_ic(double a, double b, double x);
/// The x with I_x(a, b) = p; *complement is 1 − x without loss of digits.
double ph_beta_i_inverse(double a, double b, double p, double *complement);
/// The x with 1 − I_x(a, b) = q; *complement is 1 − x without loss of digits.
double ph_beta_ic_inverse(double a, double b, double q, double *complement);

#ifdef __cplusplus
}
#endif

#endif
