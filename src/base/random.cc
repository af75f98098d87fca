#include "base/random.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <string_view>

#include "base/check.h"

namespace tayori::base {

Random Random::system() { return {}; }

Random Random::seeded(std::uint64_t seed) {
  Random random;
  random.seeded_.emplace(seed);
  return random;
}

void Random::fill(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    if (seeded_) {
      const std::uint64_t word = (*seeded_)();
      const std::size_t count = std::min(bytes.size(), sizeof word);
      for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(word >> (8 * i));
      bytes = bytes.subspan(count);
    } else {
      // RAND_bytes takes an int.
      const std::size_t count =
          std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max());
      const int drawn =
          RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count));
      CHECK(drawn == 1, "without randomness no secret may be made");
      bytes = bytes.subspan(count);
    }
  }
}

std::string Random::word(std::size_t length) {
  static constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  // The greatest multiple of 36 in a byte: bytes from there on would make the first digits
  // likelier.
  static constexpr unsigned kFair = 252;
  std::string word;
  word.reserve(length);
  std::array<std::byte, 32> bytes;
  while (word.size() < length) {
    fill(std::span(bytes).first(std::min(bytes.size(), length - word.size())));
    for (std::size_t i = 0, count = std::min(bytes.size(), length - word.size()); i < count; ++i) {
      const auto byte = std::to_integer<unsigned>(bytes[i]);
      if (byte < kFair) word.push_back(kDigits[byte % kDigits.size()]);
    }
  }
  return word;
}

std::uint64_t Random::next() {
  if (seeded_) return (*seeded_)();
  std::array<std::byte, 8> bytes;
  fill(bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

std::uint64_t Random::below(std::uint64_t bound) {
  CHECK(bound > 0, "there is no number below zero");
  // 2^64 mod bound: numbers below it would make the first values likelier.
  const std::uint64_t unfair = (0 - bound) % bound;
  while (true) {
    const std::uint64_t number = next();
    if (number >= unfair) return number % bound;
  }
}

}  // namespace tayori::base
