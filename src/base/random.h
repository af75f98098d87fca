// Random: unpredictable bytes, words and numbers; or predictable ones for a test that names its
// seed.
//
// `system` draws from OpenSSL's generator and is fit for secrets. `seeded` gives the same sequence
// for the same seed on every machine and is fit for nothing but tests and simulations.
//
// Threads: one at a time. Give each thread its own; `system` ones share no state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <string>

namespace tayori::base {

class Random {
 public:
  static Random system();
  static Random seeded(std::uint64_t seed);

  /// Overwrites all of `bytes`. Aborts when the system has no randomness to give.
  void fill(std::span<std::byte> bytes);

  /// `length` characters of [0-9a-z], uniform: 5.17 bits each, so 25 of them are beyond guessing.
  std::string word(std::size_t length);

  /// Uniform in [0, bound). REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound);

 private:
  Random() = default;
  std::uint64_t next();

  std::optional<std::mt19937_64> seeded_;
};

}  // namespace tayori::base
