#ifndef CBOOSTMATH_H
#define CBOOSTMATH_H

#ifdef __cplusplus
extern "C" {
#endif

/// Quantile of the standard normal distribution; NaN outside 0...1.
double ph_normal_quantile(double probability);
/// Distribution function of the standard normal distribution.
double ph_normal_cumulative(double x);

#ifdef __cplusplus
}
#endif

#endif
