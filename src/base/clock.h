// Clock: where the time comes from, so that tests can own it.
//
// `steady` never goes back and is for intervals; `wall` is for what leaves the process (tokens,
// timestamps).
//
// Threads: any (every implementation).
#pragma once

#include <chrono>
#include <mutex>

namespace tayori::base {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
  [[nodiscard]] virtual std::chrono::system_clock::time_point wall() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
  [[nodiscard]] std::chrono::system_clock::time_point wall() const override;
};

/// Stands still until told. Starts at steady 1 h and 2026-01-01T00:00:00Z, so that no test leans on
/// zero.
class ManualClock final : public Clock {
 public:
  ManualClock();
  explicit ManualClock(std::chrono::system_clock::time_point wall);

  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
  [[nodiscard]] std::chrono::system_clock::time_point wall() const override;

  /// Moves both clocks. REQUIRES: `duration` is not negative.
  void advance(std::chrono::nanoseconds duration);
  /// Sets the wall clock alone, forward or back, as an operator or NTP does.
  void set_wall(std::chrono::system_clock::time_point wall);

 private:
  mutable std::mutex mutex_;
  std::chrono::steady_clock::time_point steady_;  // under mutex_
  std::chrono::system_clock::time_point wall_;    // under mutex_
};

}  // namespace tayori::base
