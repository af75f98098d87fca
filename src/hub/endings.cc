#include "hub/endings.h"

#include <utility>

namespace tayori::hub {

void Endings::end(const std::string& client, Sequence number, std::string why, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto known = by_client_.find(client);
  if (known != by_client_.end()) remove(known->second);
  order_.push_back({client, number, std::move(why), now});
  by_client_.emplace(client, std::prev(order_.end()));
  if (order_.size() > limit_) remove(order_.begin());
  count_ = order_.size();
}

std::optional<std::string> Endings::of(const std::string& client, Sequence place) const {
  if (count_ == 0) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  const auto known = by_client_.find(client);
  if (known == by_client_.end() || place >= known->second->number) return std::nullopt;
  return known->second->why;
}

void Endings::forget(const std::string& client) {
  if (count_ == 0) return;
  const std::scoped_lock lock(mutex_);
  const auto known = by_client_.find(client);
  if (known != by_client_.end()) remove(known->second);
  count_ = order_.size();
}

void Endings::expire(Time now) {
  if (count_ == 0) return;
  const std::scoped_lock lock(mutex_);
  while (!order_.empty() && now - order_.front().at > kAge) remove(order_.begin());
  count_ = order_.size();
}

void Endings::remove(Order::iterator ended) {
  by_client_.erase(ended->client);
  order_.erase(ended);
}

}  // namespace tayori::hub
