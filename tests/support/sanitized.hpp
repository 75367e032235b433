// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace crowdout::test {

/// Whether a sanitizer watches this build. It multiplies time and memory, and has a heap of its
/// own: bounds on either hold for the program that people run.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace crowdout::test
