#include "store/events_table.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <limits>

#include "store/members_query.h"
#include "store/room_row.h"
#include "text/limits.h"

namespace retrochat {
namespace {

std::int64_t stored(TimePoint time) { return time.time_since_epoch().count(); }

std::optional<MemberState> state_of(SQLite::Database& sql, RoomId room, AccountId who) {
  SQLite::Statement query(sql, "SELECT state FROM members WHERE room_id = ? AND account_id = ?");
  query.bind(1, room.value);
  query.bind(2, who.value);
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString() == "away" ? MemberState::away : MemberState::here;
}

bool would_change(std::optional<MemberState> state, EventKind kind) {
  switch (kind) {
    case EventKind::enter: return !state;
    case EventKind::leave:
    case EventKind::lost:
    case EventKind::removed:
    case EventKind::speak: return state.has_value();
    case EventKind::away: return state == MemberState::here;
    case EventKind::back: return state == MemberState::away;
  }
  return false;
}

bool may_carry_line(EventKind kind) {
  return kind == EventKind::speak || kind == EventKind::away || kind == EventKind::back;
}

bool is_there(SQLite::Database& sql, RoomId room) {
  SQLite::Statement query(sql, "SELECT 1 FROM rooms WHERE id = ? AND erased = 0");
  query.bind(1, room.value);
  return query.executeStep();
}

bool is_removed(SQLite::Database& sql, RoomId room, AccountId who) {
  SQLite::Statement query(sql, "SELECT 1 FROM removed WHERE room_id = ? AND account_id = ?");
  query.bind(1, room.value);
  query.bind(2, who.value);
  return query.executeStep();
}

bool is_full(SQLite::Database& sql, RoomId room) {
  SQLite::Statement query(sql, "SELECT count(*) FROM members WHERE room_id = ?");
  query.bind(1, room.value);
  query.executeStep();
  return query.getColumn(0).getInt64() >= static_cast<std::int64_t>(limits::kMembersPerRoom);
}

EventNumber next_number(SQLite::Database& sql, RoomId room, TimePoint now) {
  SQLite::Statement update(sql,
                           "UPDATE rooms SET last_event = last_event + 1, lively_at = ? WHERE id = "
                           "? RETURNING last_event");
  update.bind(1, stored(now));
  update.bind(2, room.value);
  if (!update.executeStep()) throw SQLite::Exception("an event came for a room that is gone");
  const EventNumber number{update.getColumn(0).getInt64()};
  update.executeStep();  // To the end: a row that is only returned is not yet written for good.
  return number;
}

void insert_event(SQLite::Database& sql, RoomId room, const Event& event) {
  SQLite::Statement insert(
      sql,
      "INSERT INTO events (room_id, number, kind, account_id, at, line) VALUES (?, ?, ?, ?, ?, ?)");
  insert.bind(1, room.value);
  insert.bind(2, event.number.value);
  insert.bind(3, std::string(name(event.kind)));
  insert.bind(4, event.who.id.value);
  insert.bind(5, stored(event.at));
  if (event.kind == EventKind::speak || !event.line.empty()) insert.bind(6, event.line);
  insert.exec();
}

void remove_member(SQLite::Database& sql, RoomId room, AccountId who) {
  SQLite::Statement remove(sql, "DELETE FROM members WHERE room_id = ? AND account_id = ?");
  remove.bind(1, room.value);
  remove.bind(2, who.value);
  remove.exec();
}

void put_member(SQLite::Database& sql, RoomId room, const Event& event) {
  SQLite::Statement put(
      sql, "REPLACE INTO members (room_id, account_id, state, since, word) VALUES (?, ?, ?, ?, ?)");
  put.bind(1, room.value);
  put.bind(2, event.who.id.value);
  put.bind(3, event.kind == EventKind::away ? "away" : "here");
  put.bind(4, stored(event.at));
  put.bind(5, event.kind == EventKind::away ? event.line : "");
  put.exec();
}

void change_members(SQLite::Database& sql, RoomId room, const Event& event) {
  switch (event.kind) {
    case EventKind::leave:
    case EventKind::lost:
    case EventKind::removed: return remove_member(sql, room, event.who.id);
    case EventKind::enter:
    case EventKind::away:
    case EventKind::back: return put_member(sql, room, event);
    case EventKind::speak: return;
  }
}

/// The oldest line goes once there is one too many. The store counts them (0007_search_by_room.sql), so that this costs the same
/// however long the conversation is.
void forget_old_line(SQLite::Database& sql, RoomId room) {
  SQLite::Statement remove(
      sql,
      "DELETE FROM events WHERE id = (SELECT id FROM events WHERE room_id = ?1 AND kind = 'speak' "
      "ORDER BY number LIMIT 1) AND (SELECT lines_kept FROM rooms WHERE id = ?1) > ?2");
  remove.bind(1, room.value);
  remove.bind(2, limits::kLinesKept);
  remove.exec();
}

void forget_old_moves(SQLite::Database& sql, RoomId room) {
  SQLite::Statement remove(
      sql,
      "DELETE FROM events WHERE room_id = ?1 AND kind <> 'speak' AND number <= "
      "(SELECT number FROM events WHERE room_id = ?1 AND kind <> 'speak' "
      "ORDER BY number DESC LIMIT 1 OFFSET ?2)");
  remove.bind(1, room.value);
  remove.bind(2, limits::kMovesKept);
  remove.exec();
}

/// Deletes what the new event pushed beyond the bound of its sort.
void forget_old(SQLite::Database& sql, RoomId room, EventKind kind) {
  if (kind == EventKind::speak) return forget_old_line(sql, room);
  forget_old_moves(sql, room);
}

EventNumber last_event(SQLite::Database& sql, RoomId room) {
  SQLite::Statement query(sql, "SELECT last_event FROM rooms WHERE id = ?");
  query.bind(1, room.value);
  return query.executeStep() ? EventNumber{query.getColumn(0).getInt64()} : EventNumber{};
}

/// The place before the oldest of the limits::kLinesShown newest lines, however many have come and gone since.
EventNumber before_newest_lines(SQLite::Database& sql, RoomId room) {
  SQLite::Statement query(
      sql,
      "SELECT min(number) - 1 FROM (SELECT number FROM events WHERE room_id = ? "
      "AND kind = 'speak' ORDER BY number DESC LIMIT ?)");
  query.bind(1, room.value);
  query.bind(2, limits::kLinesShown);
  query.executeStep();
  return EventNumber{query.getColumn(0).getInt64()};
}

/// The newest limits::kEventsShown after `after`; who asks from the beginning sees some lines at least.
std::vector<Event> newest_events(SQLite::Database& sql, RoomId room, EventNumber after) {
  SQLite::Statement query(
      sql,
      "SELECT e.number, e.kind, a.id, a.handle, e.at, coalesce(e.line, '') FROM events e "
      "JOIN accounts a ON a.id = e.account_id WHERE e.room_id = ?1 AND e.number > min(?2, coalesce("
      "(SELECT number FROM events WHERE room_id = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?3), 0)) "
      "AND e.number > ?4 ORDER BY e.number DESC");
  const bool from_beginning = after == EventNumber{};
  constexpr auto kNoMore = std::numeric_limits<std::int64_t>::max();
  query.bind(1, room.value);
  query.bind(2, from_beginning ? before_newest_lines(sql, room).value : kNoMore);
  query.bind(3, limits::kEventsShown);
  query.bind(4, after.value);
  std::vector<Event> events;
  while (query.executeStep()) {
    Event& event = events.emplace_back();
    event.number = EventNumber{query.getColumn(0).getInt64()};
    event.kind = event_kind_of(query.getColumn(1).getString()).value_or(EventKind::enter);
    event.who = {AccountId{query.getColumn(2).getInt64()}, query.getColumn(3).getString()};
    event.at = TimePoint{std::chrono::milliseconds{query.getColumn(4).getInt64()}};
    event.line = query.getColumn(5).getString();
  }
  std::ranges::reverse(events);
  return events;
}

/// What the kept events say last of `who` coming in or going out.
std::optional<EventKind> last_in_or_out(SQLite::Database& sql, RoomId room, AccountId who) {
  // By the index of moves, which has limits::kMovesKept rows of a room at most; "+" keeps it from that of people, as they may have
  // said a lot.
  SQLite::Statement query(
      sql,
      "SELECT kind FROM events WHERE room_id = ? AND kind <> 'speak' AND +account_id = ? "
      "AND kind IN ('enter', 'leave', 'lost', 'removed') ORDER BY number DESC LIMIT 1");
  query.bind(1, room.value);
  query.bind(2, who.value);
  return query.executeStep() ? event_kind_of(query.getColumn(0).getString()) : std::nullopt;
}

Answer<std::optional<Event>> note(SQLite::Database& sql, RoomId room, const Account& who,
                                  EventKind kind, const std::string& line, TimePoint now) {
  if (!is_there(sql, room)) return Refusal::no_such_room;
  if (!would_change(state_of(sql, room, who.id), kind)) return std::optional<Event>{};
  // Asked here too: they may have been shown out since the door was asked.
  if (kind == EventKind::enter && is_removed(sql, room, who.id)) return Refusal::removed_from_room;
  if (kind == EventKind::enter && is_full(sql, room)) return Refusal::room_full;
  Event event;
  event.number = next_number(sql, room, now);
  event.kind = kind;
  event.who = who;
  event.at = now;
  if (may_carry_line(kind)) event.line = line;
  insert_event(sql, room, event);
  change_members(sql, room, event);
  forget_old(sql, room, kind);
  return std::optional<Event>{std::move(event)};
}

}  // namespace

Answer<std::optional<Event>> EventsTable::append(RoomId room, const Account& who, EventKind kind,
                                                 const std::string& line, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<Event>> {
    return note(sql, room, who, kind, line, now);
  });
}

Answer<std::optional<Event>> EventsTable::reenter(RoomId room, const Account& who, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<Event>> {
    const auto last = last_in_or_out(sql, room, who.id);
    if (last == EventKind::leave || last == EventKind::removed) return Refusal::left_room;
    return note(sql, room, who, EventKind::enter, "", now);
  });
}

Answer<RoomSnapshot> EventsTable::snapshot(RoomId room, EventNumber after) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<RoomSnapshot> {
    return RoomSnapshot{last_event(sql, room), newest_events(sql, room, after),
                        members_of(sql, room)};
  });
}

Answer<std::vector<Room>> EventsTable::rooms_of(AccountId who) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<Room>> {
    SQLite::Statement query(sql, std::string("SELECT ") + kRoomColumns +
                                     " FROM members m JOIN rooms r ON r.id = m.room_id "
                                     "JOIN accounts o ON o.id = r.owner_id WHERE m.account_id = ?");
    query.bind(1, who.value);
    std::vector<Room> rooms;
    while (query.executeStep()) rooms.push_back(room_at(query));
    return rooms;
  });
}

Answer<std::optional<MemberState>> EventsTable::state(RoomId room, AccountId who) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<MemberState>> {
    return state_of(sql, room, who);
  });
}

Answer<EventsTable::Roll> EventsTable::roll(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Roll> {
    return Roll{last_event(sql, room), members_of(sql, room)};
  });
}

Answer<std::vector<EventsTable::Whereabouts>> EventsTable::everybody() {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<Whereabouts>> {
    SQLite::Statement query(
        sql, std::string("SELECT ") + kRoomColumns +
                 ", a.id, a.handle, a.guest FROM members m "
                 "JOIN rooms r ON r.id = m.room_id JOIN accounts o ON o.id = r.owner_id "
                 "JOIN accounts a ON a.id = m.account_id");
    std::vector<Whereabouts> everybody;
    while (query.executeStep()) {
      everybody.push_back({room_at(query),
                           {AccountId{query.getColumn(kRoomColumnCount).getInt64()},
                            query.getColumn(kRoomColumnCount + 1).getString(),
                            query.getColumn(kRoomColumnCount + 2).getInt() != 0}});
    }
    return everybody;
  });
}

}  // namespace retrochat
