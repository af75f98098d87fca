// RateLimit: how many times a minute each of many names may do something.
//
// A bucket for each name: a minute's worth fits in, and it fills up evenly. Names are remembered up to a bound; beyond
// it the one that asked longest ago is forgotten, whose bucket counts as full when it comes back. That harms
// nobody: forgetting is only ever in favour of the name forgotten.
//
// Threads: any.
// Source:  ITU-T I.371 annex A (the virtual scheduling algorithm: a bucket is one point in time)
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"

namespace tayori::access {

class RateLimit {
 public:
  struct Limits {
    /// From 1 to kPerMinuteMax.
    std::size_t per_minute = 60;
    /// Names remembered; at least 1.
    std::size_t names = 65'536;
  };
  /// Above it, the time between two would be too short to be told in whole nanoseconds.
  static constexpr std::size_t kPerMinuteMax = 100'000;

  /// `clock` outlives this.
  RateLimit(const Limits& limits, const base::Clock& clock);

  /// Takes one from the bucket of `name`, and answers 0; or, when it is empty, takes none and answers after what time there
  /// is one again.
  [[nodiscard]] std::chrono::nanoseconds take(std::string_view name);

  [[nodiscard]] std::size_t names() const;

 private:
  struct Bucket {
    std::string name;
    /// When it is full again, if nothing more is taken.
    std::chrono::steady_clock::time_point full;
  };
  using Buckets = std::list<Bucket>;

  Bucket& bucket_of(std::string_view name);

  const std::size_t names_max_;
  const std::chrono::nanoseconds interval_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  Buckets buckets_;  // guarded by mutex_, as is by_name_; who asked last comes first
  std::unordered_map<std::string_view, Buckets::iterator> by_name_;
};

}  // namespace tayori::access
