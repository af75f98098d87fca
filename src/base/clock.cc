#include "base/clock.h"

#include "base/check.h"

namespace tayori::base {

std::chrono::steady_clock::time_point SystemClock::steady() const {
  return std::chrono::steady_clock::now();
}

std::chrono::system_clock::time_point SystemClock::wall() const {
  return std::chrono::system_clock::now();
}

ManualClock::ManualClock() : ManualClock(std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}) {}

ManualClock::ManualClock(std::chrono::system_clock::time_point wall)
    : steady_(std::chrono::hours{1}), wall_(wall) {}

std::chrono::steady_clock::time_point ManualClock::steady() const {
  const std::scoped_lock lock(mutex_);
  return steady_;
}

std::chrono::system_clock::time_point ManualClock::wall() const {
  const std::scoped_lock lock(mutex_);
  return wall_;
}

void ManualClock::advance(std::chrono::nanoseconds duration) {
  CHECK(duration.count() >= 0, "steady time never goes back");
  const std::scoped_lock lock(mutex_);
  steady_ += std::chrono::duration_cast<std::chrono::steady_clock::duration>(duration);
  wall_ += std::chrono::duration_cast<std::chrono::system_clock::duration>(duration);
}

void ManualClock::set_wall(std::chrono::system_clock::time_point wall) {
  const std::scoped_lock lock(mutex_);
  wall_ = wall;
}

}  // namespace tayori::base
