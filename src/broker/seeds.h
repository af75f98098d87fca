// seeds: what a property test draws its cases from.
//
// Each seed is a case of its own. A failing one is named, and runs alone with TAYORI_TEST_SEED=N in
// the environment.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace tayori::broker {

/// 1 to `count`, or the one that the environment names.
inline std::vector<std::uint64_t> seeds(std::uint64_t count) {
  if (const char* const named = std::getenv("TAYORI_TEST_SEED")) {
    return {std::strtoull(named, nullptr, 10)};
  }
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = 1; seed <= count; ++seed) all.push_back(seed);
  return all;
}

/// For SCOPED_TRACE: how to run this case again.
inline std::string again_with(std::uint64_t seed) {
  return "again with TAYORI_TEST_SEED=" + std::to_string(seed);
}

}  // namespace tayori::broker
