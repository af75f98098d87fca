// Deadline: the bound on every wait of the generator; a server that misses it ends the run.
//
// Threads: any.
#pragma once

#include <chrono>
#include <string>

#include "generator/failure.h"

namespace tayori::bench {

/// Far beyond what any single step takes, also on a slow and shared machine.
inline constexpr std::chrono::seconds kPatience{20};

class Deadline {
 public:
  Deadline() : end_(std::chrono::steady_clock::now() + kPatience) {}

  /// A Failure that names `what` was awaited, once the patience is over.
  void check(const std::string& what) const {
    if (std::chrono::steady_clock::now() > end_) throw Failure("waited in vain for " + what);
  }

 private:
  std::chrono::steady_clock::time_point end_;
};

}  // namespace tayori::bench
