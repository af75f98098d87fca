#include "access/rate_limit.h"

#include <algorithm>

#include "base/check.h"

namespace tayori::access {
namespace {

constexpr std::chrono::nanoseconds kMinute = std::chrono::minutes{1};

}  // namespace

RateLimit::RateLimit(const Limits& limits, const base::Clock& clock)
    : names_max_(limits.names),
      interval_(kMinute / static_cast<std::int64_t>(std::max<std::size_t>(limits.per_minute, 1))),
      clock_(clock) {
  CHECK(limits.per_minute >= 1 && limits.per_minute <= kPerMinuteMax && limits.names >= 1,
        "whoever configures it keeps to its limits");
}

std::chrono::nanoseconds RateLimit::take(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  const auto now = clock_.steady();
  Bucket& bucket = bucket_of(name);
  const auto full = std::max(bucket.full, now) + interval_;
  if (full - now > kMinute) return full - now - kMinute;
  bucket.full = full;
  return std::chrono::nanoseconds{0};
}

std::size_t RateLimit::names() const {
  const std::scoped_lock lock(mutex_);
  return buckets_.size();
}

RateLimit::Bucket& RateLimit::bucket_of(std::string_view name) {
  if (const auto known = by_name_.find(name); known != by_name_.end()) {
    buckets_.splice(buckets_.begin(), buckets_, known->second);
    return buckets_.front();
  }
  if (buckets_.size() == names_max_) {
    by_name_.erase(buckets_.back().name);
    buckets_.pop_back();
  }
  buckets_.push_front({.name = std::string(name), .full = {}});
  by_name_.emplace(buckets_.front().name, buckets_.begin());
  return buckets_.front();
}

}  // namespace tayori::access
