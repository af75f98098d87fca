#include "hub/presence.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace tayori::hub {

Presence::Visit* Presence::State::find(std::uint64_t session) {
  const auto visit = std::ranges::find(visits, session, &Visit::session);
  return visit == visits.end() ? nullptr : &*visit;
}

bool Presence::State::has_other(std::uint64_t session) const {
  return std::ranges::any_of(visits, [session](const Visit& visit) {
    return visit.connections > 0 && visit.session != session;
  });
}

template <typename IsMeant>
bool Presence::State::forget_if(IsMeant is_meant) {
  const auto kept = std::remove_if(visits.begin(), visits.end(), is_meant);
  const bool is_any = kept != visits.end();
  visits.erase(kept, visits.end());
  return is_any;
}

Outcome Presence::check(const broker::Topic& client, const Entrance& entrance) const {
  const auto entry = states_.find(client);
  // The holder may find those still there that it has replaced.
  if (entry == states_.end() || entry->second.holder == entrance.session ||
      !entry->second.has_other(entrance.session))
    return success();
  // Who comes back finds out that it was replaced meanwhile; who comes new replaces.
  if (entrance.policy == Policy::replace && entrance.comes_back) return ErrorCode::replaced;
  if (entrance.policy == Policy::reject) return ErrorCode::already_open;
  return success();
}

Outcome Presence::opened(const TopicRef& client, const Entrance& entrance) {
  const std::scoped_lock lock(mutex_);
  if (has_ended_) return success();
  if (const auto welcome = check(*client, entrance); !welcome) return welcome;
  auto [entry, is_new] = states_.try_emplace(client);
  State& state = entry->second;
  Visit* visit = state.find(entrance.session);
  if (visit == nullptr) visit = &state.visits.emplace_back(Visit{.session = entrance.session});
  ++visit->connections;
  ++state.connections;
  if (entrance.policy != Policy::multi) state.holder = entrance.session;
  stay(state);
  if (is_new) tell_coming(*client);
  return success();
}

void Presence::closed(const broker::Topic& client, std::uint64_t session,
                      session::Departure departure, PresenceEdge::Reason reason, Time now) {
  const std::scoped_lock lock(mutex_);
  if (has_ended_) return;
  const auto entry = states_.find(client);
  Visit* visit = entry == states_.end() ? nullptr : entry->second.find(session);
  CHECK(visit != nullptr && visit->connections > 0, "only what was opened closes");
  State& state = entry->second;
  --state.connections;
  if (--visit->connections == 0) {
    const auto grace = departure == session::Departure::answered
                           ? std::max<std::chrono::milliseconds>(grace_, kBetweenPolls)
                           : grace_;
    *visit = {.session = session, .connections = 0, .reason = reason, .until = now + grace};
    const bool is_over = departure == session::Departure::closed;
    state.forget_if([&](const Visit& one) {
      return one.connections == 0 && (one.session == session ? is_over : one.until <= now);
    });
  }
  if (state.connections == 0) leave(entry, reason);
}

void Presence::leave(States::iterator entry, PresenceEdge::Reason reason) {
  State& state = entry->second;
  stay(state);
  const auto last = std::ranges::max_element(state.visits, {}, &Visit::until);
  if (last == state.visits.end()) {
    tell_going(*entry->first, reason);
    states_.erase(entry);
    return;
  }
  // There are two grace times at most, so that the place is near the end.
  auto place = leaving_.end();
  while (place != leaving_.begin() && std::prev(place)->until > last->until) --place;
  state.is_leaving = true;
  state.leaving = leaving_.insert(place, {entry->first, last->until, last->reason});
}

void Presence::stay(State& state) {
  if (std::exchange(state.is_leaving, false)) leaving_.erase(state.leaving);
}

void Presence::left(const broker::Topic& client, std::optional<std::uint64_t> session,
                    PresenceEdge::Reason reason) {
  const std::scoped_lock lock(mutex_);
  const auto entry = states_.find(client);
  if (entry == states_.end()) return;
  const auto is_meant = [&](const Visit& visit) {
    return visit.connections == 0 && (!session || visit.session == *session);
  };
  if (entry->second.forget_if(is_meant) && entry->second.connections == 0) leave(entry, reason);
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
  return entry == states_.end() ? 0 : entry->second.connections;
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
