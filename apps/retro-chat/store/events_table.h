// EventsTable: what happened in each room, and who is inside as the sum of it.
//
// An event and the change of the member list it means are one transaction, so the list is always what the events
// add up to. A room's events are numbered 1, 2, 3 ... without holes: a page that has seen number 7 and is handed
// 9 knows that it missed one.
//
// Bounded: limits::kLinesKept lines and limits::kMovesKept other events a room; older ones are deleted.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/rows.h"

namespace retrochat {

/// A room at one moment.
struct RoomSnapshot {
  /// The newest event; the rest of the snapshot includes what it did.
  EventNumber last;
  /// Ascending.
  std::vector<Event> events;
  std::vector<Member> members;
};

class EventsTable {
 public:
  explicit EventsTable(Database& database) : database_(database) {}

  /// Notes that `who` did `kind` at `now`, saying `line` (with speak, away and back). Nothing, and no error, when it would change
  /// nothing: entering twice, leaving twice, stepping away twice, or any of them from outside. room_full, removed_from_room,
  /// no_such_room.
  Answer<std::optional<Event>> append(RoomId room, const Account& who, EventKind kind,
                                      const std::string& line, TimePoint now);

  /// As append() of `enter`, for a page that was away. left_room when the last that is kept of their moves is that they left or
  /// were shown out; who was given up by the house comes in again.
  Answer<std::optional<Event>> reenter(RoomId room, const Account& who, TimePoint now);

  /// The room with its newest limits::kEventsShown events after `after`.
  Answer<RoomSnapshot> snapshot(RoomId room, EventNumber after);

  /// Who is inside, and up to which event.
  struct Roll {
    EventNumber last;
    std::vector<Member> members;
  };
  /// Where they are inside.
  Answer<std::vector<Room>> rooms_of(AccountId who);
  /// Nothing when they are not inside.
  Answer<std::optional<MemberState>> state(RoomId room, AccountId who);
  Answer<Roll> roll(RoomId room);

  /// Everybody who is in some room.
  struct Whereabouts {
    Room room;
    Account who;
  };
  Answer<std::vector<Whereabouts>> everybody();

 private:
  Database& database_;
};

}  // namespace retrochat
