// SPDX-License-Identifier: Apache-2.0
#include "agents/numeric.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>

namespace crowdout::agents {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts. The high one ends in 21 zero bits, so that its product with an exponent
// (at most 11 bits) is exact; together they hold ln 2 to 2^-87.
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;
constexpr double log2_e = 0x1.71547652b82fep+0;

// Adding and subtracting 1.5 * 2^52 rounds to the nearest integer, ties to even.
constexpr double to_nearest = 0x1.8p52;

/// c[0] + c[1] x + c[2] x^2 + ...
template <std::size_t n>
double polynomial(const std::array<double, n>& c, double x) {
    double sum = c[n - 1];
    for (std::size_t i = n - 1; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

/// 2^k for a k whose power is a normal number.
double power_of_two(int k) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

/// e^r - 1 - r for |r| <= ln(2) / 2: its Taylor series, cut where terms fall below 1e-17 of e^r.
double exp_tail(double r) {
    static constexpr std::array series{
        1.0 / 2,          1.0 / 6,           1.0 / 24,           1.0 / 120,
        1.0 / 720,        1.0 / 5'040,       1.0 / 40'320,       1.0 / 362'880,
        1.0 / 3'628'800., 1.0 / 39'916'800., 1.0 / 479'001'600., 1.0 / 6'227'020'800.};
    return r * r * polynomial(series, r);
}

}  // namespace

double exp(double x) {
    if (!(x < 709.79)) return x != x ? x : infinity;  // e^709.79 exceeds the largest double
    if (x < -745.2) return 0.0;

    // x = k ln 2 + r + rest, where `rest` is what rounding took from r.
    const double k = (x * log2_e + to_nearest) - to_nearest;
    const double high = x - k * ln2_high;
    const double low = k * ln2_low;
    const double r = high - low;
    const double rest = (high - r) - low;
    const double value = 1.0 + (r + (exp_tail(r) + rest * (1.0 + r)));

    const int exponent = static_cast<int>(k);
    if (exponent >= -1021 && exponent <= 1023) return value * power_of_two(exponent);
    // In two factors, since 2^k itself has no normal double: the result may be subnormal.
    const int half = exponent / 2;
    return value * power_of_two(half) * power_of_two(exponent - half);
}

double expm1(double x) {
    if (x > -0.34 && x < 0.34) return x + exp_tail(x);
    return exp(x) - 1.0;
}

double log(double x) {
    if (!(x > 0.0)) return x == 0.0 ? -infinity : nan;
    if (x == infinity) return x;

    int exponent = 0;
    if (x < std::numeric_limits<double>::min()) {
        x *= 0x1p54;
        exponent = -54;
    }
    // x = 2^exponent * m with m in [sqrt(1/2), sqrt(2)).
    std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    constexpr std::uint64_t root_half = std::bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1);
    const std::uint64_t shifted = bits - root_half;
    const auto k = static_cast<int>(static_cast<std::int64_t>(shifted) >> 52);
    bits -= static_cast<std::uint64_t>(static_cast<std::int64_t>(k)) << 52;
    exponent += k;
    const double f = std::bit_cast<double>(bits) - 1.0;  // exact (Sterbenz)

    // log(1 + f) = 2 atanh(s) with s = f / (2 + f). As 2 s = f - s f exactly in real numbers, the
    // large part of the sum is f itself, which carries no rounding error.
    static constexpr std::array series{2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                                       2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};
    const double s = f / (2.0 + f);
    const double square = s * s;
    const double tail = square * polynomial(series, square);
    const double half_square = 0.5 * f * f;
    const double scale = exponent;
    return scale * ln2_high - ((half_square - (s * (half_square + tail) + scale * ln2_low)) - f);
}

double log1p(double x) {
    if (!(x > -1.0)) return x == -1.0 ? -infinity : nan;
    const double sum = 1.0 + x;
    if (sum == infinity) return sum;
    // What 1 + x lost, to first order. The difference is exact where x is small against 1.
    const double lost = x < 1.0 ? x - (sum - 1.0) : 1.0 - (sum - x);
    return log(sum) + lost / sum;
}

double pow(double x, double y) {
    if (x == 0.0 && y > 0.0) return 0.0;
    if (y == 0.0) return 1.0;
    return exp(y * log(x));
}

double tanh(double x) {
    if (x != x) return x;
    if (x > 20.0) return 1.0;  // 1 - tanh(20) < 1e-17
    if (x < -20.0) return -1.0;
    const double e = expm1(2.0 * x);
    return e / (e + 2.0);
}

double normal_quantile(double p) {
    if (!(p > 0.0 && p < 1.0)) return p == 0.0 ? -infinity : p == 1.0 ? infinity : nan;
    // The names a..f are Wichura's; each pair is one rational function of degree (7, 7).
    static constexpr std::array a{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                  1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                  4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                  3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static constexpr std::array b{1.0,
                                  4.2313330701600911252e+1,
                                  6.8718700749205790830e+2,
                                  5.3941960214247511077e+3,
                                  2.1213794301586595867e+4,
                                  3.9307895800092710610e+4,
                                  2.8729085735721942674e+4,
                                  5.2264952788528545610e+3};
    static constexpr std::array c{1.42343711074968357734e0,  4.63033784615654529590e0,
                                  5.76949722146069140550e0,  3.64784832476320460504e0,
                                  1.27045825245236838258e0,  2.41780725177450611770e-1,
                                  2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr std::array d{1.0,
                                  2.05319162663775882187e0,
                                  1.67638483018380384940e0,
                                  6.89767334985100004550e-1,
                                  1.48103976427480074590e-1,
                                  1.51986665636164571966e-2,
                                  5.47593808499534494600e-4,
                                  1.05075007164441684324e-9};
    static constexpr std::array e{6.65790464350110377720e0,  5.46378491116411436990e0,
                                  1.78482653991729133580e0,  2.96560571828504891230e-1,
                                  2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                  2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr std::array f{1.0,
                                  5.99832206555887937690e-1,
                                  1.36929880922735805310e-1,
                                  1.48753612908506148525e-2,
                                  7.86869131145613259100e-4,
                                  1.84631831751005468180e-5,
                                  1.42151175831644588870e-7,
                                  2.04426310338993978564e-15};

    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double r = std::sqrt(-log(q < 0.0 ? p : 1.0 - p));
    const double z = r <= 5.0 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                              : polynomial(e, r - 5.0) / polynomial(f, r - 5.0);
    return q < 0.0 ? -z : z;
}

}  // namespace crowdout::agents
