// SPDX-License-Identifier: Apache-2.0
#include "agents/random.hpp"

#include <Random123/philox.h>

#include <cassert>

#include "agents/numeric.hpp"

namespace crowdout::agents {

Random::Random(std::uint64_t key, std::uint32_t member, Purpose purpose, std::uint64_t cell)
    : counter_{static_cast<std::uint32_t>(cell), static_cast<std::uint32_t>(cell >> 32), member,
               static_cast<std::uint32_t>(purpose) << 24},
      key_{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)} {}

void Random::refill() {
    const r123::Philox4x32::ctr_type counter{{counter_[0], counter_[1], counter_[2], counter_[3]}};
    const r123::Philox4x32::key_type key{{key_[0], key_[1]}};
    const auto words = r123::Philox4x32{}(counter, key);
    block_ = {words[0], words[1], words[2], words[3]};
    used_ = 0;
    ++counter_[3];  // the low 24 bits number the blocks
    assert((counter_[3] & 0x00ff'ffff) != 0 && "a stream is used up");
}

std::uint32_t Random::below(std::uint32_t n) {
    assert(n > 0);
    std::uint64_t product = std::uint64_t{bits32()} * n;
    if (static_cast<std::uint32_t>(product) < n) {
        // 2^32 mod n values would come up once too often: draw again where one of them did.
        const std::uint32_t surplus = (0u - n) % n;
        while (static_cast<std::uint32_t>(product) < surplus) {
            product = std::uint64_t{bits32()} * n;
        }
    }
    return static_cast<std::uint32_t>(product >> 32);
}

double Random::normal() {
    return normal_quantile(uniform_open());
}

double Random::exponential() {
    return -log(uniform_open());
}

double Random::laplace() {
    const double u = uniform_open();
    return u < 0.5 ? log(2.0 * u) : -log(2.0 * (1.0 - u));
}

double Random::lognormal(double mu, double sigma) {
    return exp(mu + sigma * normal());
}

double Random::pareto(double low, double alpha) {
    assert(low > 0.0 && alpha > 0.0);
    return low * exp(exponential() / alpha);
}

std::uint64_t Random::geometric(double p) {
    assert(p > 0.0);
    if (p >= 1.0) return 0;
    const double failures = exponential() / -log1p(-p);
    return failures < 0x1p63 ? static_cast<std::uint64_t>(failures) : std::uint64_t{1} << 63;
}

}  // namespace crowdout::agents
