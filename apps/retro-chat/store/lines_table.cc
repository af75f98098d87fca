#include "store/lines_table.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "text/limits.h"

namespace retrochat {
namespace {

constexpr const char* kSelect =
    "SELECT e.number, e.kind, a.id, a.handle, e.at, coalesce(e.line, '') FROM ";

Event event_at(SQLite::Statement& row) {
  return {EventNumber{row.getColumn(0).getInt64()},
          event_kind_of(row.getColumn(1).getString()).value_or(EventKind::enter),
          {AccountId{row.getColumn(2).getInt64()}, row.getColumn(3).getString()},
          TimePoint{std::chrono::milliseconds{row.getColumn(4).getInt64()}},
          row.getColumn(5).getString()};
}

enum class Side { older, newer };

/// The `count` events next to `place` on that side, ascending.
std::vector<Event> beside(SQLite::Database& sql, RoomId room, EventNumber place, Side side,
                          std::uint32_t count) {
  const bool older = side == Side::older;
  SQLite::Statement query(
      sql, std::string(kSelect) +
               "events e JOIN accounts a ON a.id = e.account_id WHERE e.room_id = ? AND e.number " +
               (older ? "< ? ORDER BY e.number DESC LIMIT ?" : "> ? ORDER BY e.number LIMIT ?"));
  query.bind(1, room.value);
  query.bind(2, place.value);
  query.bind(3, count);
  std::vector<Event> events;
  while (query.executeStep()) events.push_back(event_at(query));
  if (older) std::ranges::reverse(events);
  return events;
}

LogPage page_of(SQLite::Database& sql, RoomId room, std::vector<Event> events) {
  LogPage page{std::move(events)};
  if (page.events.empty()) return page;
  page.older = !beside(sql, room, page.events.front().number, Side::older, 1).empty();
  page.newer = !beside(sql, room, page.events.back().number, Side::newer, 1).empty();
  return page;
}

EventNumber oldest_downloaded(SQLite::Database& sql, RoomId room) {
  SQLite::Statement query(sql,
                          "SELECT min(number) FROM (SELECT number FROM events WHERE room_id = ? "
                          "AND kind = 'speak' ORDER BY number DESC LIMIT ?)");
  query.bind(1, room.value);
  query.bind(2, limits::kLinesDownloaded);
  query.executeStep();
  return EventNumber{query.getColumn(0).getInt64()};
}

/// The word by which the index knows a room (0007_search_by_room.sql); of one without lines it knows nothing.
constexpr const char* kRoomWord =
    "coalesce((SELECT room_word FROM spoken_lines WHERE room_id = ?1 LIMIT 1), 'no lines')";

/// The room's lines before a place, the newest first: those that the index names, or all. An event's id grows with its
/// number, so the index's own order is the one that is wanted, and nothing has to be sorted. The index is asked for the room's
/// word too, so that lines of other rooms cost nothing.
std::string candidates(bool indexed) {
  const std::string from =
      indexed ? "line_search f CROSS JOIN events e ON e.id = f.rowid " : "events e ";
  return kSelect + from +
         "JOIN accounts a ON a.id = e.account_id "
         "WHERE e.room_id = ?1 AND e.number < ?2 AND e.kind = 'speak' " +
         (indexed ? std::string("AND line_search MATCH 'room_word:\"' || ") + kRoomWord +
                        " || '\" AND line:(' || ?3 || ')' ORDER BY f.rowid DESC"
                  : "ORDER BY e.number DESC");
}

}  // namespace

Answer<LogPage> LinesTable::before(RoomId room, EventNumber place) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<LogPage> {
    return page_of(sql, room, beside(sql, room, place, Side::older, limits::kEventsOnLogPage));
  });
}

Answer<LogPage> LinesTable::after(RoomId room, EventNumber place) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<LogPage> {
    return page_of(sql, room, beside(sql, room, place, Side::newer, limits::kEventsOnLogPage));
  });
}

Answer<LogPage> LinesTable::around(RoomId room, EventNumber place) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<LogPage> {
    constexpr std::uint32_t kHalf = limits::kEventsOnLogPage / 2;
    std::vector<Event> events = beside(sql, room, place, Side::older, kHalf);
    auto rest = beside(sql, room, EventNumber{place.value - 1}, Side::newer, kHalf);
    std::ranges::move(rest, std::back_inserter(events));
    return page_of(sql, room, std::move(events));
  });
}

Answer<std::vector<Event>> LinesTable::newest(RoomId room, Moves moves) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<Event>> {
    SQLite::Statement query(
        sql, std::string(kSelect) +
                 "events e JOIN accounts a ON a.id = e.account_id WHERE e.room_id = ? "
                 "AND e.number >= ? AND (e.kind = 'speak' OR ?) ORDER BY e.number");
    query.bind(1, room.value);
    query.bind(2, oldest_downloaded(sql, room).value);
    query.bind(3, moves == Moves::told ? 1 : 0);
    std::vector<Event> events;
    while (query.executeStep()) events.push_back(event_at(query));
    return events;
  });
}

Answer<Hits> LinesTable::search(RoomId room, const SearchWords& words, EventNumber place) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Hits> {
    const std::string indexed = words.indexed();
    SQLite::Statement query(sql, candidates(!indexed.empty()));
    query.bind(1, room.value);
    query.bind(2, place.value);
    if (!indexed.empty()) query.bind(3, indexed);
    Hits hits;
    EventNumber last = place;
    std::size_t bytes = 0;
    for (std::size_t read = 0; query.executeStep(); ++read) {
      const bool has_read_enough = read == limits::kLinesScanned || bytes >= limits::kBytesScanned;
      if (has_read_enough || hits.lines.size() == limits::kHitsShown) {
        hits.before = last;
        return hits;
      }
      Event event = event_at(query);
      last = event.number;
      bytes += event.line.size();
      if (words.short_ones_occur_in(event.line)) hits.lines.push_back(std::move(event));
    }
    return hits;
  });
}

}  // namespace retrochat
