// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

/// Elementary functions whose last bit does not depend on the system's libm.
///
/// Built from + - * / and integer shifts, every operation rounded once (`-ffp-contract=off`), so
/// that every conforming compiler gives the same bits at every optimisation level. NaN gives NaN.
namespace crowdout::agents {

/// e^x. Error under 1 ulp; 0 below about -745, infinity above about 709.8.
[[nodiscard]] double exp(double x);

/// e^x - 1 without loss where x is small. Error under 4 ulp.
[[nodiscard]] double expm1(double x);

/// Natural logarithm. Error under 1 ulp; minus infinity at 0, NaN below.
[[nodiscard]] double log(double x);

/// log(1 + x) without loss where x is small. Error under 3 ulp.
[[nodiscard]] double log1p(double x);

/// x^y for x > 0, as exp(y log x): relative error about (1 + |y log x|) 2e-16; pow(0, y > 0) is 0.
[[nodiscard]] double pow(double x, double y);

/// Hyperbolic tangent. Error under 4 ulp.
[[nodiscard]] double tanh(double x);

/// The z below which a standard normal variable falls with probability p, p in (0, 1).
///
/// Relative error about 1e-15. Source: Wichura (1988), Applied Statistics 37, algorithm AS 241
/// (PPND16). Minus and plus infinity at 0 and 1.
[[nodiscard]] double normal_quantile(double p);

}  // namespace crowdout::agents
