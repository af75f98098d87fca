#include "hub/presence.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace tayori::hub {

void Presence::opened(const TopicRef& client) {
  const std::scoped_lock lock(mutex_);
  auto [entry, is_new] = states_.try_emplace(client);
  State& state = entry->second;
  ++state.sessions;
  if (state.is_leaving) {
    leaving_.erase(state.leaving);
    state.is_leaving = false;
  }
  if (is_new) tell(PresenceEdge::Kind::connected, *client);
}

void Presence::closed(const broker::Topic& client, session::Departure departure, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto entry = states_.find(client);
  CHECK(entry != states_.end() && entry->second.sessions > 0, "only what was opened closes");
  State& state = entry->second;
  if (--state.sessions > 0) return;
  if (departure == session::Departure::closed) {
    tell(PresenceEdge::Kind::disconnected, client);
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
  state.leaving = leaving_.insert(place, {entry->first, now + grace});
}

void Presence::left(const broker::Topic& client) {
  const std::scoped_lock lock(mutex_);
  const auto entry = states_.find(client);
  if (entry == states_.end() || !entry->second.is_leaving) return;
  leaving_.erase(entry->second.leaving);
  states_.erase(entry);
  tell(PresenceEdge::Kind::disconnected, client);
}

void Presence::expire(Time now) {
  const std::scoped_lock lock(mutex_);
  while (!leaving_.empty() && leaving_.front().until <= now) {
    const TopicRef client = leaving_.front().client;
    leaving_.pop_front();
    states_.erase(client);
    tell(PresenceEdge::Kind::disconnected, *client);
  }
}

std::size_t Presence::present() const {
  const std::scoped_lock lock(mutex_);
  return states_.size();
}

void Presence::tell(PresenceEdge::Kind kind, const broker::Topic& client) {
  ++generation_;
  if (!handler_) return;
  auto id = ClientId::parse(client.name);
  CHECK(id.has_value(), "a client's topic is named by a client id");
  handler_({.kind = kind, .client_id = std::move(*id), .generation = generation_});
}

}  // namespace tayori::hub
