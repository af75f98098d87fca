#include "base/log.h"

namespace tayori::base {

std::optional<std::uint64_t> Throttle::admit() {
  const auto now = clock_.steady();
  const std::scoped_lock lock(mutex_);
  ++total_;
  if (!interval_start_ || now - *interval_start_ >= rate_.interval) {
    interval_start_ = now;
    said_ = 0;
  }
  if (said_ == rate_.count) {
    ++left_out_;
    return std::nullopt;
  }
  ++said_;
  return std::exchange(left_out_, 0);
}

std::uint64_t Throttle::total() const {
  const std::scoped_lock lock(mutex_);
  return total_;
}

}  // namespace tayori::base
