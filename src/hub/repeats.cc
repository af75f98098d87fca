#include "hub/repeats.h"

#include <utility>

namespace tayori::hub {
namespace {

base::Sha256 digest_of(const broker::Record& record) {
  // Names hold no line ends.
  std::string text(1, static_cast<char>('0' + static_cast<int>(record.topic.kind)));
  text.append(record.topic.name).append(1, '\n').append(record.body);
  return base::sha256(text);
}

}  // namespace

Result<std::optional<Repeats::First>> Repeats::find(const broker::Record& record, Time now) {
  expire(now);
  const auto known = known_.find(record.key);
  if (known == known_.end()) return std::optional<First>{};
  if (known->second.digest != digest_of(record)) return ErrorCode::idempotency_conflict;
  return std::optional(known->second.first);
}

void Repeats::remember(const broker::Record& record, First first, Time now) {
  known_.insert_or_assign(record.key, Known{digest_of(record), first});
  order_.push_back({now, record.key});
  if (order_.size() <= limits_.keys) return;
  forget_oldest();
  forgotten_.fetch_add(1, std::memory_order_relaxed);
}

void Repeats::expire(Time now) {
  while (!order_.empty() && now - order_.front().since > limits_.age) forget_oldest();
}

void Repeats::forget_oldest() {
  known_.erase(order_.front().key);
  order_.pop_front();
}

}  // namespace tayori::hub
