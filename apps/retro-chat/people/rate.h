// Rate: so many of something in so long, counted by key (a handle, a peer, a person).
//
// Each key has a window that begins with its first count and ends after `window`; within it at most `limit` are let
// through. Bounded: of more than limits::kRateKeys keys the one whose window began first is forgotten.
//
// Threads: any.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "store/clock.h"

namespace retrochat {

class Rate {
 public:
  Rate(std::size_t limit, std::chrono::milliseconds window) : limit_(limit), window_(window) {}

  /// Counts one for `key` if there is room for it; says whether there was.
  [[nodiscard]] bool take(std::string_view key, TimePoint now);

  /// Takes one count of `key` back: what was counted turned out to be harmless.
  void give_back(std::string_view key);

 private:
  struct Window {
    TimePoint began;
    std::size_t count = 0;
  };

  void forget_oldest();

  const std::size_t limit_;
  const std::chrono::milliseconds window_;
  std::mutex mutex_;
  std::map<std::string, Window, std::less<>> windows_;  // Guarded by mutex_.
};

}  // namespace retrochat
