#include "rooms/rooms.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "rooms/address.h"
#include "rooms/room_json.h"

namespace retrochat {

Rooms::Rooms(AccountsTable& accounts, RoomsTable& rooms, EventsTable& events, Push& push,
             RoomsTiming timing, Clock clock)
    : accounts_(accounts),
      rooms_(rooms),
      events_(events),
      push_(push),
      clock_(std::move(clock)),
      tickets_(push, timing.renew_after),
      liveness_(timing.liveness) {}

Done Rooms::resume() {
  const auto everybody = events_.everybody();
  if (!everybody) return everybody.refusal();
  const TimePoint now = clock_();
  for (const auto& [room, who] : *everybody) liveness_.expected(client_id_of(room, who), now);
  return done();
}

Answer<RoomVisit> Rooms::enter(const Room& room, const Account& who) {
  const TimePoint now = clock_();
  auto ticket = ticket_for(room, who, now);
  const auto entered = happen(room, who, EventKind::enter);
  if (!entered) return entered.refusal();
  liveness_.requested(client_id_of(room, who), now);
  auto snapshot = events_.snapshot(room.id, EventNumber{});
  if (!snapshot) return snapshot.refusal();
  return RoomVisit{std::move(ticket), std::move(*snapshot)};
}

std::optional<Ticket> Rooms::ticket_for(const Room& room, const Account& who, TimePoint now) {
  auto ticket = tickets_.issue(room, who, now);
  // Reading and speaking need no channel; the page asks for a token again.
  return ticket ? std::optional(std::move(*ticket)) : std::nullopt;
}

Answer<RoomVisit> Rooms::poll(const Room& room, const Account& who, EventNumber after,
                              const PresentedTicket& presented) {
  const TimePoint now = clock_();
  RoomVisit visit;
  if (!tickets_.is_fresh(room, who, presented, now)) visit.ticket = ticket_for(room, who, now);
  const auto entered = happen(room, who, EventKind::enter);
  if (!entered) return entered.refusal();
  liveness_.requested(client_id_of(room, who), now);
  auto snapshot = events_.snapshot(room.id, after);
  if (!snapshot) return snapshot.refusal();
  visit.snapshot = std::move(*snapshot);
  return visit;
}

Done Rooms::speak(const Room& room, const Account& who, const Line& line) {
  const TimePoint now = clock_();
  if (!lines_.take(std::to_string(who.id.value), now)) return Refusal::lines_too_fast;
  const auto entered = happen(room, who, EventKind::enter);
  if (!entered) return entered.refusal();
  liveness_.requested(client_id_of(room, who), now);
  const auto back = happen(room, who, EventKind::back);
  if (!back) return back.refusal();
  return happen(room, who, EventKind::speak, line.text());
}

Done Rooms::step_away(const Room& room, const Account& who) {
  liveness_.requested(client_id_of(room, who), clock_());
  return happen(room, who, EventKind::away);
}

Done Rooms::come_back(const Room& room, const Account& who) {
  liveness_.requested(client_id_of(room, who), clock_());
  return happen(room, who, EventKind::back);
}

Done Rooms::leave(const Room& room, const Account& who) {
  liveness_.left(client_id_of(room, who));
  return happen(room, who, EventKind::leave);
}

Done Rooms::leave_all(const Account& who) {
  const auto everybody = events_.everybody();
  if (!everybody) return everybody.refusal();
  for (const auto& [room, member] : *everybody) {
    if (member.id != who.id) continue;
    const auto left = leave(room, who);
    if (!left) return left.refusal();
  }
  return done();
}

void Rooms::on_presence(const tayori::PresenceEdge& edge) {
  if (!whereabout_of(edge.client_id))
    return;  // A client id that another program gave on the internal listener.
  if (edge.kind == tayori::PresenceEdge::Kind::connected) {
    liveness_.connected(edge.client_id);
  } else if (edge.reason == tayori::PresenceEdge::Reason::shutdown) {
    liveness_.cut_off(edge.client_id, clock_());
  } else {
    liveness_.disconnected(edge.client_id, clock_());
  }
}

std::vector<tayori::GroupName> Rooms::inhabited() const {
  std::vector<tayori::GroupName> groups;
  const auto everybody = events_.everybody();
  if (!everybody) return groups;
  for (const auto& [room, who] : *everybody) groups.push_back(group_of(room));
  std::ranges::sort(groups);
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  return groups;
}

void Rooms::sweep() {
  for (const tayori::ClientId& id : liveness_.due(clock_())) {
    const auto where = whereabout_of(id);
    if (!where) continue;
    const auto room = rooms_.find(where->owner, where->number);
    const auto who = accounts_.find(where->who);
    if (!room || !who || !*who) continue;
    // Trouble with the store is told by the store; the person comes up again when they next do something.
    (void)happen(*room, (*who)->account, EventKind::lost);
  }
}

Done Rooms::happen(const Room& room, const Account& who, EventKind kind, const std::string& line) {
  const std::lock_guard lock(in_order_);
  const auto event = events_.append(room.id, who, kind, line, clock_());
  if (!event) return event.refusal();
  if (!*event) return done();
  auto message = tayori::Payload::parse(boost::json::serialize(event_json(**event)));
  if (!message) return Refusal::trouble;
  push_.send_group(group_of(room), std::move(*message));
  return done();
}

}  // namespace retrochat
