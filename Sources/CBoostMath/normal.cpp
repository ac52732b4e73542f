// Distribution functions of Boost.Math behind C linkage. No exception leaves this file: outside
// the domain the answer is NaN, so that a batch never stops for one cell.
#define BOOST_MATH_PROMOTE_DOUBLE_POLICY false
#define BOOST_MATH_DISCRETE_QUANTILE_POLICY integer_round_up
#define BOOST_MATH_DOMAIN_ERROR_POLICY ignore_error
#define BOOST_MATH_POLE_ERROR_POLICY ignore_error
#define BOOST_MATH_OVERFLOW_ERROR_POLICY ignore_error
#define BOOST_MATH_EVALUATION_ERROR_POLICY ignore_error

#include "CBoostMath.h"

#include <boost/math/distributions/normal.hpp>
#include <limits>

extern "C" double ph_normal_quantile(double probability) {
  try {
    return boost::math::quantile(boost::math::normal(), probability);
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

extern "C" double ph_normal_cumulative(double x) {
  try {
    return boost::math::cdf(boost::math::normal(), x);
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}
