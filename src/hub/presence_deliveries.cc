#include "hub/presence_deliveries.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace tayori::hub {

PresenceDeliveries::PresenceDeliveries(DeliveryLimits limits, base::Random random)
    : limits_(limits), random_(std::move(random)) {}

void PresenceDeliveries::add(const PresenceEdge& edge, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto [entry, is_new] = queues_.try_emplace(edge.client_id.text());
  Queue& queue = entry->second;
  if (is_new) {
    queue.age = waiting_.insert(waiting_.end(), &entry->first);
    queue.due = due_.emplace(now, &entry->first);
  }
  queue.edges.push_back(edge);
  ++counts_.waiting;
  update_cancelling(*entry);
  if (counts_.waiting > limits_.edges) make_room();
}

std::optional<PresenceEdge> PresenceDeliveries::start(Time now) {
  const std::scoped_lock lock(mutex_);
  if (due_.empty() || due_.begin()->first > now || under_way_ >= limits_.parallel)
    return std::nullopt;
  const auto entry = queues_.find(*due_.begin()->second);
  Queue& queue = entry->second;
  due_.erase(due_.begin());
  queue.due.reset();
  ++queue.attempts;
  ++under_way_;
  update_cancelling(*entry);
  return queue.edges.front();
}

void PresenceDeliveries::finish(const ClientId& client_id, Outcome outcome, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto entry = queues_.find(client_id.text());
  CHECK(entry != queues_.end() && !entry->second.due, "only what was started finishes");
  Queue& queue = entry->second;
  --under_way_;
  if (outcome == Outcome::failed) {
    ++counts_.failed;
    queue.due = due_.emplace(now + pause_after(queue.attempts), &entry->first);
    return;
  }
  ++(outcome == Outcome::taken ? counts_.delivered : counts_.refused);
  remove_first(entry, now);
}

std::optional<PresenceDeliveries::Time> PresenceDeliveries::due() const {
  const std::scoped_lock lock(mutex_);
  if (due_.empty() || under_way_ >= limits_.parallel) return std::nullopt;
  return due_.begin()->first;
}

PresenceDeliveries::Counts PresenceDeliveries::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

std::deque<PresenceEdge>::iterator PresenceDeliveries::pair_in(Queue& queue) {
  const auto first = queue.edges.begin() + (queue.attempts > 0 ? 1 : 0);
  const auto pair = std::adjacent_find(first, queue.edges.end(),
                                       [](const PresenceEdge& came, const PresenceEdge& went) {
                                         return came.kind == PresenceEdge::Kind::connected &&
                                                went.kind == PresenceEdge::Kind::disconnected;
                                       });
  return pair;
}

void PresenceDeliveries::update_cancelling(Queues::value_type& entry) {
  Queue& queue = entry.second;
  const bool has_pair = pair_in(queue) != queue.edges.end();
  if (has_pair == queue.cancelling.has_value()) return;
  if (has_pair) {
    queue.cancelling = cancelling_.insert(cancelling_.end(), &entry.first);
  } else {
    cancelling_.erase(*queue.cancelling);
    queue.cancelling.reset();
  }
}

void PresenceDeliveries::make_room() {
  if (cancelling_.empty()) {
    // Nobody came and went unseen: what goes is the news that has waited longest and is not under way.
    const auto oldest = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto* client) {
      return queues_.at(*client).due.has_value();
    });
    if (oldest == waiting_.end()) return;
    const auto entry = queues_.find(**oldest);
    const Time next = (*entry->second.due)->first;
    due_.erase(*entry->second.due);
    entry->second.due.reset();
    ++counts_.given_up;
    return remove_first(entry, next);
  }
  const auto entry = queues_.find(*cancelling_.front());
  Queue& queue = entry->second;
  const auto pair = pair_in(queue);
  queue.edges.erase(pair, std::next(pair, 2));
  counts_.waiting -= 2;
  counts_.cancelled_out += 2;
  update_cancelling(*entry);
  if (!queue.edges.empty()) return;
  due_.erase(*queue.due);
  waiting_.erase(queue.age);
  queues_.erase(entry);
}

void PresenceDeliveries::remove_first(Queues::iterator entry, Time next) {
  Queue& queue = entry->second;
  queue.edges.pop_front();
  queue.attempts = 0;
  --counts_.waiting;
  update_cancelling(*entry);
  if (queue.edges.empty()) {
    waiting_.erase(queue.age);
    queues_.erase(entry);
    return;
  }
  queue.due = due_.emplace(next, &entry->first);
  waiting_.splice(waiting_.end(), waiting_, queue.age);
}

std::chrono::milliseconds PresenceDeliveries::pause_after(std::uint32_t attempts) {
  constexpr std::uint32_t kDoublings = 20;
  const auto doubled = limits_.first_retry * (1U << std::min(attempts - 1, kDoublings));
  const auto longest = std::min<std::chrono::milliseconds>(doubled, limits_.longest_retry);
  // Between half of it and all, so that the clients of a backend that comes back do not come all at once.
  const auto half = static_cast<std::uint64_t>(longest.count() / 2);
  return std::chrono::milliseconds(half + random_.below(half + 1));
}

}  // namespace tayori::hub
