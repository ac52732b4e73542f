// What every wrapper shares: doubles stay doubles, and no exception leaves this target. Outside the
// domain the answer is NaN, so that a batch never stops for one cell.
#pragma once

#define BOOST_MATH_PROMOTE_DOUBLE_POLICY false
#define BOOST_MATH_DOMAIN_ERROR_POLICY ignore_error
#define BOOST_MATH_POLE_ERROR_POLICY ignore_error
#define BOOST_MATH_OVERFLOW_ERROR_POLICY ignore_error
#define BOOST_MATH_EVALUATION_ERROR_POLICY ignore_error

#include "CBoostMath.h"

#include <limits>

template <class Call> inline double guarded(Call call) noexcept {
  try {
    return call();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}
