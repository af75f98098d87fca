#include "hub/presence.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace tayori::hub {

Outcome Presence::opened(const TopicRef& client, const Entrance& entrance) {
  const std::scoped_lock lock(mutex_);
  if (has_ended_) return success();
  auto [entry, is_new] = states_.try_emplace(client);
  State& state = entry->second;
  if (state.sessions > 0 && state.holder != entrance.session) {
    // Who comes back finds out that it was replaced meanwhile; who comes new replaces.
    if (entrance.policy == Policy::replace && entrance.comes_back) return ErrorCode::replaced;
    if (entrance.policy == Policy::reject) return ErrorCode::already_open;
  }
  ++state.sessions;
  if (entrance.policy != Policy::multi) state.holder = entrance.session;
  if (state.is_leaving) {
    leaving_.erase(state.leaving);
    state.is_leaving = false;
  }
  if (is_new) tell_coming(*client);
  return success();
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
    tell_going(client, reason);
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

void Presence::left(const broker::Topic& client, PresenceEdge::Reason reason) {
  const std::scoped_lock lock(mutex_);
  const auto entry = states_.find(client);
  if (entry == states_.end() || !entry->second.is_leaving) return;
  leaving_.erase(entry->second.leaving);
  states_.erase(entry);
  tell_going(client, reason);
}

void Presence::expire(Time now) {
  const std::scoped_lock lock(mutex_);
  while (!leaving_.empty() && leaving_.front().until <= now) {
    const Leaving gone = leaving_.front();
    leaving_.pop_front();
    states_.erase(gone.client);
    tell_going(*gone.client, gone.reason);
  }
}

void Presence::end() {
  const std::scoped_lock lock(mutex_);
  has_ended_ = true;
  leaving_.clear();
  for (const auto& [client, state] : std::exchange(states_, {}))
    tell_going(*client, PresenceEdge::Reason::shutdown);
}

std::size_t Presence::sessions(const broker::Topic& client) const {
  const std::scoped_lock lock(mutex_);
  const auto entry = states_.find(client);
  return entry == states_.end() ? 0 : entry->second.sessions;
}

void Presence::tell_coming(const broker::Topic& client) {
  tell(client, Control::Come{.at = clock_.wall()});
}

void Presence::tell_going(const broker::Topic& client, PresenceEdge::Reason reason) {
  tell(client, Control::Go{.at = clock_.wall(), .reason = reason});
}

void Presence::tell(const broker::Topic& client, Control::Act act) {
  if (!handler_) return;
  auto id = ClientId::parse(client.name);
  CHECK(id.has_value(), "a client's topic is named by a client id");
  handler_({.client_id = std::move(*id), .act = std::move(act)});
}

}  // namespace tayori::hub
