#include "hub/presence.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace tayori::hub {

Presence::Presence(std::chrono::milliseconds grace, const base::Clock& clock)
    : grace_(grace),
      clock_(clock),
      generation_(static_cast<std::uint64_t>(
          std::chrono::floor<std::chrono::microseconds>(clock.wall().time_since_epoch()).count())) {
}

void Presence::opened(const TopicRef& client) {
  const std::scoped_lock lock(mutex_);
  if (has_ended_) return;
  auto [entry, is_new] = states_.try_emplace(client);
  State& state = entry->second;
  ++state.sessions;
  if (state.is_leaving) {
    leaving_.erase(state.leaving);
    state.is_leaving = false;
  }
  if (is_new) tell(PresenceEdge::Kind::connected, *client, PresenceEdge::Reason::none);
}

void Presence::closed(const broker::Topic& client, session::Departure departure,
                      PresenceEdge::Reason reason, Time now) {
  const std::scoped_lock lock(mutex_);
  if (has_ended_) return;
  const auto entry = states_.find(client);
  CHECK(entry != states_.end() && entry->second.sessions > 0, "only what was opened closes");
  State& state = entry->second;
  if (--state.sessions > 0) return;
  if (departure == session::Departure::closed) {
    tell(PresenceEdge::Kind::disconnected, client, reason);
    states_.erase(entry);
    return;
  }
  const auto grace = departure == session::Departure::answered
                         ? std::max<std::chrono::milliseconds>(grace_, kBetweenPolls)
                         : grace_;
  // There are two grace times at most, so that the place is near the end.
  auto place = leaving_.end();
  while (place != leaving_.begin() && std::prev(place)->until > now + grace) --place;
  state.is_leaving = true;
  state.leaving = leaving_.insert(place, {entry->first, now + grace, reason});
}

void Presence::left(const broker::Topic& client) {
  const std::scoped_lock lock(mutex_);
  const auto entry = states_.find(client);
  if (entry == states_.end() || !entry->second.is_leaving) return;
  leaving_.erase(entry->second.leaving);
  states_.erase(entry);
  tell(PresenceEdge::Kind::disconnected, client, PresenceEdge::Reason::closed);
}

void Presence::expire(Time now) {
  const std::scoped_lock lock(mutex_);
  while (!leaving_.empty() && leaving_.front().until <= now) {
    const Leaving gone = leaving_.front();
    leaving_.pop_front();
    states_.erase(gone.client);
    tell(PresenceEdge::Kind::disconnected, *gone.client, gone.reason);
  }
}

void Presence::end() {
  const std::scoped_lock lock(mutex_);
  has_ended_ = true;
  leaving_.clear();
  for (const auto& [client, state] : std::exchange(states_, {}))
    tell(PresenceEdge::Kind::disconnected, *client, PresenceEdge::Reason::shutdown);
}

std::size_t Presence::present() const {
  const std::scoped_lock lock(mutex_);
  return states_.size();
}

void Presence::tell(PresenceEdge::Kind kind, const broker::Topic& client,
                    PresenceEdge::Reason reason) {
  ++generation_;
  if (!handler_) return;
  auto id = ClientId::parse(client.name);
  CHECK(id.has_value(), "a client's topic is named by a client id");
  handler_({.kind = kind,
            .client_id = std::move(*id),
            .reason = reason,
            .generation = generation_,
            .at = clock_.wall()});
}

}  // namespace tayori::hub
