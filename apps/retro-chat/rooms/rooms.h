// Rooms: coming in, speaking, stepping away, coming back, leaving; and telling everybody inside.
//
// Each event is stored first and then pushed, once, to the room's group: one entry in Tayori's log however many
// hear it (sending to each member would be one entry a member, and no one order). Numbering and pushing are one
// step, so pages hear a room's events in the order of their numbers.
//
// A page's token is made before its room is read: whatever happens in between is delivered after the channel
// opens, and the page knows by the event's number what it has shown already. So nothing is lost and nothing shows twice.
//
// Threads: any.
// Source:  channel-api.md 11, features 5 to 8
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "people/rate.h"
#include "rooms/liveness.h"
#include "rooms/push.h"
#include "rooms/tickets.h"
#include "store/accounts_table.h"
#include "store/events_table.h"
#include "store/rooms_table.h"
#include "text/limits.h"
#include "text/line.h"

namespace retrochat {

struct RoomsTiming {
  LivenessLimits liveness;
  std::chrono::milliseconds renew_after = std::chrono::minutes{90};
};

/// What a page of somebody inside needs.
struct RoomVisit {
  /// On entering, and on a poll when the page is to renew; missing where Tayori gives none at the moment.
  std::optional<Ticket> ticket;
  RoomSnapshot snapshot;
};

class Rooms {
 public:
  Rooms(AccountsTable& accounts, RoomsTable& rooms, EventsTable& events, Push& push,
        RoomsTiming timing, Clock clock);

  /// Gives those who were inside when the program stopped time to come back. Call once, before any other.
  Done resume();

  /// Comes in, if not yet inside, and reads the room. room_full.
  Answer<RoomVisit> enter(const Room& room, const Account& who);

  /// A sign of life of a page, which has seen events up to `after`. Comes in again if the house had given the person up.
  Answer<RoomVisit> poll(const Room& room, const Account& who, EventNumber after,
                         const PresentedTicket& presented);

  /// Says `line`; comes in first if not inside, and comes back first if away. lines_too_fast, room_full.
  Done speak(const Room& room, const Account& who, const Line& line);

  /// No error when they change nothing: away twice, or leaving from outside.
  Done step_away(const Room& room, const Account& who);
  Done come_back(const Room& room, const Account& who);
  Done leave(const Room& room, const Account& who);

  /// Leaves every room: the person signed out.
  Done leave_all(const Account& who);

  /// What Tayori tells of who has a channel open.
  void on_presence(const tayori::PresenceEdge& edge);

  /// The groups of the rooms that somebody is in.
  [[nodiscard]] std::vector<tayori::GroupName> inhabited() const;

  /// Puts out whose time is over (rooms/liveness.h). To be called about once a second.
  void sweep();

 private:
  std::optional<Ticket> ticket_for(const Room& room, const Account& who, TimePoint now);
  Done happen(const Room& room, const Account& who, EventKind kind, const std::string& line = "");

  AccountsTable& accounts_;
  RoomsTable& rooms_;
  EventsTable& events_;
  Push& push_;
  const Clock clock_;
  Tickets tickets_;
  Liveness liveness_;
  Rate lines_{limits::kLinesOfPerson, limits::kLinesWindow};
  std::mutex in_order_;  // Held from an event's numbering until it is handed to Tayori.
};

}  // namespace retrochat
