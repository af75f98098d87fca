// Throttle and log_at_most: telling of what outsiders cause, always counted, said at a bounded
// rate.
//
//   Throttle bad_frames(clock);
//   log_at_most(bad_frames, spdlog::level::warn, "a peer broke the protocol: {}", reason);
//
// Beyond the rate nothing is said; the next line that is said tells how many were left out.
// What is secret never stands in a log.
//
// Threads: any.
#pragma once

#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "base/clock.h"

namespace tayori::base {

class Throttle {
 public:
  /// At most `count` in each `interval`, which begins with the first one in it.
  struct Rate {
    std::uint64_t count = 5;
    std::chrono::steady_clock::duration interval = std::chrono::seconds{10};
  };

  /// `clock` has to outlive this.
  explicit Throttle(const Clock& clock) : Throttle(clock, Rate()) {}
  Throttle(const Clock& clock, Rate rate) : clock_(clock), rate_(rate) {}

  /// Counts one. Gives how many were left out since the last one said when this one may be said,
  /// else nothing.
  [[nodiscard]] std::optional<std::uint64_t> admit();

  /// All that were counted, said or not.
  [[nodiscard]] std::uint64_t total() const;

 private:
  const Clock& clock_;
  const Rate rate_;
  mutable std::mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point>
      interval_start_;  // under mutex_, as all below
  std::uint64_t said_ = 0;
  std::uint64_t left_out_ = 0;
  std::uint64_t total_ = 0;
};

/// Counts, and logs when the throttle admits it.
template <typename... Args>
void log_at_most(Throttle& throttle, spdlog::level::level_enum level,
                 fmt::format_string<Args...> format, Args&&... args) {
  const auto left_out = throttle.admit();
  if (!left_out || !spdlog::should_log(level)) return;
  const std::string text = fmt::format(format, std::forward<Args>(args)...);
  if (*left_out == 0) {
    spdlog::log(level, "{}", text);
  } else {
    spdlog::log(level, "{} ({} more were left out before)", text, *left_out);
  }
}

}  // namespace tayori::base
