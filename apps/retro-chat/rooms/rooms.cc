#include "rooms/rooms.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "rooms/address.h"

namespace retrochat {
namespace {

Removal removal_by(Refusal at_the_door) {
  switch (at_the_door) {
    case Refusal::room_closed: return Removal::closed;
    case Refusal::removed_from_room: return Removal::shown_out;
    default: return Removal::entry;
  }
}

Done as_done(const Answer<bool>& happened) { return happened ? done() : Done(happened.refusal()); }

}  // namespace

Rooms::Rooms(Store store, Doors& doors, Push& push, RoomsTiming timing, Clock clock)
    : accounts_(store.accounts),
      rooms_(store.rooms),
      events_(store.events),
      doors_(doors),
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
  if (const auto may = doors_.may_enter(room, who); !may) return may.refusal();
  auto ticket = ticket_for(room, who, clock_());
  if (const auto entered = come_in(room, who); !entered) return entered.refusal();
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
  if (const auto may = doors_.may_enter(room, who); !may) return may.refusal();
  const TimePoint now = clock_();
  RoomVisit visit;
  if (!tickets_.is_fresh(room, who, presented, now)) visit.ticket = ticket_for(room, who, now);
  if (const auto entered = come_in_again(room, who); !entered) return entered.refusal();
  auto snapshot = events_.snapshot(room.id, after);
  if (!snapshot) return snapshot.refusal();
  visit.snapshot = std::move(*snapshot);
  return visit;
}

Done Rooms::come_in(const Room& room, const Account& who) {
  const auto entered = happen(room, who, EventKind::enter);
  if (!entered) return entered.refusal();
  liveness_.requested(client_id_of(room, who), clock_());
  return done();
}

Done Rooms::come_in_again(const Room& room, const Account& who) {
  const auto entered = [&] {
    const std::lock_guard lock(in_order_);
    return handed_on(room, events_.reenter(room.id, who, clock_()));
  }();
  if (!entered) return entered.refusal();
  liveness_.requested(client_id_of(room, who), clock_());
  return done();
}

Done Rooms::speak(const Room& room, const Account& who, const Line& line,
                  const std::optional<Once>& once) {
  const std::string content = path_of(room) + " " + line.text();
  return onces_.take(who, once, content, clock_(), [&] { return say(room, who, line); });
}

Done Rooms::say(const Room& room, const Account& who, const Line& line) {
  if (const auto may = doors_.may_enter(room, who); !may) return may;
  if (!lines_.take(std::to_string(who.id.value), clock_())) return Refusal::lines_too_fast;
  if (const auto entered = come_in(room, who); !entered) return entered;
  if (const auto back = happen(room, who, EventKind::back); !back) return back.refusal();
  const auto said = happen(room, who, EventKind::speak, line.text());
  if (!said) return said.refusal();
  // Shown out, or gone by another page, since they came in: the line was not said, and is given back.
  return *said ? done() : Done(Refusal::left_room);
}

Done Rooms::step_away(const Room& room, const Account& who, const ShortText& word) {
  if (const auto may = doors_.may_enter(room, who); !may) return may;
  if (const auto entered = come_in_again(room, who); !entered) return entered;
  return as_done(happen(room, who, EventKind::away, word.text()));
}

Done Rooms::come_back(const Room& room, const Account& who, const ShortText& word) {
  const auto back = happen(room, who, EventKind::back, word.text());
  if (back && *back) liveness_.requested(client_id_of(room, who), clock_());
  return as_done(back);
}

Done Rooms::leave(const Room& room, const Account& who) {
  return go_out(room, who, EventKind::leave);
}

Done Rooms::leave_all(const Account& who) {
  const auto rooms = events_.rooms_of(who.id);
  if (!rooms) return rooms.refusal();
  for (const Room& room : *rooms) {
    if (const auto left = leave(room, who); !left) return left;
  }
  return done();
}

Done Rooms::show_out(const Room& room, const Account& who) {
  return go_out(room, who, EventKind::removed);
}

Done Rooms::altered(const Room& room) {
  {
    const std::lock_guard lock(in_order_);
    tell(room, room_notice(room));
  }
  const auto members = inside(room);
  if (!members) return members.refusal();
  for (const Member& member : *members) {
    const auto may = doors_.may_enter(room, member.who);
    if (may) continue;
    if (may.refusal() == Refusal::trouble) return may;
    const auto out = go_out(room, member.who, EventKind::removed, removal_by(may.refusal()));
    if (!out) return out;
  }
  return done();
}

void Rooms::gone(const Room& room, const std::vector<Member>& inside) {
  const std::lock_guard lock(in_order_);
  moved_.erase(room.id);
  tell(room, deleted_notice());
  for (const Member& member : inside) {
    const auto id = client_id_of(room, member.who);
    liveness_.left(id);
    push_.disconnect(id);
  }
}

Answer<std::vector<Member>> Rooms::inside(const Room& room) {
  auto roll = events_.roll(room.id);
  if (!roll) return roll.refusal();
  return std::move(roll->members);
}

void Rooms::on_presence(const tayori::PresenceEdge& edge) {
  if (!whereabout_of(edge.client_id))
    return;  // A client id that another program gave on the internal listener.
  if (edge.kind == tayori::PresenceEdge::Kind::connected) {
    liveness_.connected(edge.client_id, clock_());
  } else if (edge.reason == tayori::PresenceEdge::Reason::shutdown) {
    liveness_.cut_off(edge.client_id, clock_());
  } else if (edge.reason == tayori::PresenceEdge::Reason::lost) {
    liveness_.silent(edge.client_id, clock_());
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
  put_out_the_lost();
  end_who_only_listens();
  push_member_lists();
}

void Rooms::put_out_the_lost() {
  const TimePoint now = clock_();
  for (const Liveness::Due& due : liveness_.due(now)) {
    const auto lost = lose(due, now);
    if (lost && *lost) push_.disconnect(due.who);
    // The store cannot write at the moment, and says so itself: else they would be inside for ever.
    if (!lost && lost.refusal() == Refusal::trouble) liveness_.expected(due.who, now);
  }
}

Answer<bool> Rooms::lose(const Liveness::Due& due, TimePoint now) {
  const auto found = find_inside(due.who);
  if (!found) return found.refusal();
  if (!*found) return false;
  const Inside& inside = **found;
  // They said that they would be away; a machine that sleeps meanwhile is no going.
  if (inside.state == MemberState::away && liveness_.spare(due, now)) return false;
  return happen(inside.room, inside.who, EventKind::lost);
}

Answer<std::optional<Rooms::Inside>> Rooms::find_inside(const tayori::ClientId& id) {
  const auto where = whereabout_of(id);
  if (!where) return std::optional<Inside>{};
  auto room = rooms_.find(where->owner, where->number);
  if (!room && room.refusal() == Refusal::no_such_room) return std::optional<Inside>{};
  if (!room) return room.refusal();
  const auto who = accounts_.find(where->who);
  if (!who) return who.refusal();
  if (!*who) return std::optional<Inside>{};
  const Account& account = (*who)->account;
  const auto state = events_.state(room->id, account.id);
  if (!state) return state.refusal();
  if (!*state) return std::optional<Inside>{};
  return std::optional(Inside{std::move(*room), account, **state});
}

void Rooms::end_who_only_listens() {
  const TimePoint now = clock_();
  for (const tayori::ClientId& id : liveness_.settled(now)) {
    const auto found = find_inside(id);
    if (found && !*found) push_.disconnect(id);
    // The store is in trouble.
    if (!found) liveness_.look_again(id, now);
  }
}

void Rooms::push_member_lists() {
  const std::lock_guard lock(in_order_);
  for (const auto& [id, room] : std::exchange(moved_, {})) {
    if (const auto roll = events_.roll(id)) tell(room, members_notice(roll->last, roll->members));
  }
}

Done Rooms::go_out(const Room& room, const Account& who, EventKind kind, Removal removal) {
  const auto id = client_id_of(room, who);
  liveness_.left(id);
  const auto out = happen(room, who, kind, "", removal);
  push_.disconnect(id);
  // Still inside as long as the store cannot write: put out later.
  if (!out && out.refusal() == Refusal::trouble) liveness_.expected(id, clock_());
  return as_done(out);
}

Answer<bool> Rooms::happen(const Room& room, const Account& who, EventKind kind,
                           const std::string& line, Removal removal) {
  const std::lock_guard lock(in_order_);
  return handed_on(room, events_.append(room.id, who, kind, line, clock_()), removal);
}

Answer<bool> Rooms::handed_on(const Room& room, const Answer<std::optional<Event>>& event,
                              Removal removal) {
  if (!event) return event.refusal();
  if (!*event) return false;
  if ((*event)->kind != EventKind::speak) moved_.insert_or_assign(room.id, room);
  if (!tell(room, event_json(**event, removal))) return Refusal::trouble;
  return true;
}

bool Rooms::tell(const Room& room, const boost::json::object& message) {
  auto payload = tayori::Payload::parse(boost::json::serialize(message));
  if (!payload) return false;
  push_.send_group(group_of(room), std::move(*payload));
  return true;
}

}  // namespace retrochat
