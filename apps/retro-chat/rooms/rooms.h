// Rooms: coming in, speaking, stepping away, coming back, leaving, being shown out; and telling everybody inside.
//
// Each event is stored first and then pushed, once, to the room's group: one entry in Tayori's log however many
// hear it (sending to each member would be one entry a member, and no one order). Numbering and pushing are one
// step, so pages hear a room's events in the order of their numbers.
//
// A page's token is made before its room is read: whatever happens in between is delivered after the channel
// opens, and the page knows by the event's number what it has shown already. So nothing is lost and nothing shows twice.
//
// Only who may enter (rooms/doors.h) comes in, polls and speaks. Whoever is inside no more, for whatever reason, has their
// pages ended and their tokens made void, so nobody goes on listening at the door. A page that comes back asks, and comes in
// again if it may and the house had given its person up; who left, on whichever page, enters by opening the room. Void tokens
// are Tayori's to remember, and it does not outlive its end: a channel that opens is looked at, and ended if nobody is inside.
//
// After comings and goings the whole member list is pushed too, at most once per sweep, so that a page's list is right
// even where it could not follow. A list too long for one message is not pushed; the events say the same.
//
// Threads: any.
// Source:  channel-api.md 11, features 5 to 8
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "people/rate.h"
#include "rooms/doors.h"
#include "rooms/liveness.h"
#include "rooms/onces.h"
#include "rooms/push.h"
#include "rooms/room_json.h"
#include "rooms/tickets.h"
#include "store/accounts_table.h"
#include "store/events_table.h"
#include "store/rooms_table.h"
#include "text/limits.h"
#include "text/line.h"
#include "text/once.h"
#include "text/short_text.h"

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
  struct Store {
    AccountsTable& accounts;
    RoomsTable& rooms;
    EventsTable& events;
  };

  Rooms(Store store, Doors& doors, Push& push, RoomsTiming timing, Clock clock);

  /// Gives those who were inside when the program stopped time to come back. Call once, before any other.
  Done resume();

  /// Comes in, if not yet inside, and reads the room. room_full, and what Doors::may_enter says.
  Answer<RoomVisit> enter(const Room& room, const Account& who);

  /// A sign of life of a page, which has seen events up to `after`. Comes in again if the house had given the person up;
  /// left_room if they left, or were shown out and may come in again by now. Otherwise as enter().
  Answer<RoomVisit> poll(const Room& room, const Account& who, EventNumber after,
                         const PresentedTicket& presented);

  /// Says `line`; comes in first if not inside, and comes back first if away. The same line again with the same `once` says
  /// nothing more and has the first one's answer. lines_too_fast, left_room when they went out meanwhile, and
  /// as enter().
  Done speak(const Room& room, const Account& who, const Line& line,
             const std::optional<Once>& once = {});

  /// Comes in first if the house had given the person up, as poll() does; no error when they are away already.
  Done step_away(const Room& room, const Account& who, const ShortText& word = {});
  /// No error when they change nothing, as from outside.
  Done come_back(const Room& room, const Account& who, const ShortText& word = {});
  Done leave(const Room& room, const Account& who);

  /// Leaves every room: the person signed out.
  Done leave_all(const Account& who);

  /// The owner shows `who` out; no error when they are not inside.
  Done show_out(const Room& room, const Account& who);

  /// After a room was altered: tells what it is now, and shows out who may be inside no longer.
  Done altered(const Room& room);

  /// Everybody's pages end, with the word that the room is gone. To be called once it is.
  void gone(const Room& room, const std::vector<Member>& inside);

  Answer<std::vector<Member>> inside(const Room& room);

  /// What Tayori tells of who has a channel open.
  void on_presence(const tayori::PresenceEdge& edge);

  /// The groups of all rooms that somebody is in.
  [[nodiscard]] std::vector<tayori::GroupName> inhabited() const;

  /// Puts out whose time is over (rooms/liveness.h), ends the pages of who listens without being inside, and pushes member
  /// lists. To be called about once a second.
  void sweep();

 private:
  std::optional<Ticket> ticket_for(const Room& room, const Account& who, TimePoint now);
  Done come_in(const Room& room, const Account& who);
  Done come_in_again(const Room& room, const Account& who);
  Done say(const Room& room, const Account& who, const Line& line);
  /// Whether it changed anything.
  Answer<bool> happen(const Room& room, const Account& who, EventKind kind,
                      const std::string& line = "", Removal removal = Removal::shown_out);
  /// Hands on what was stored, if anything was; in_order_ is held. Whether there was something.
  Answer<bool> handed_on(const Room& room, const Answer<std::optional<Event>>& event,
                         Removal removal = Removal::shown_out);
  /// Is inside no more, whatever the reason: nothing of the room reaches their pages any longer.
  Done go_out(const Room& room, const Account& who, EventKind kind,
              Removal removal = Removal::shown_out);
  /// False when it is too long for one message.
  bool tell(const Room& room, const boost::json::object& message);
  /// Somebody whom a client id stands for, while they are inside.
  struct Inside {
    Room room;
    Account who;
    MemberState state = MemberState::here;
  };
  Answer<std::optional<Inside>> find_inside(const tayori::ClientId& id);
  void put_out_the_lost();
  void end_who_only_listens();
  /// Whether they were inside, and are no more.
  Answer<bool> lose(const Liveness::Due& due, TimePoint now);
  void push_member_lists();

  AccountsTable& accounts_;
  RoomsTable& rooms_;
  EventsTable& events_;
  Doors& doors_;
  Push& push_;
  const Clock clock_;
  Tickets tickets_;
  Liveness liveness_;
  Onces onces_;
  Rate lines_{limits::kLinesOfPerson, limits::kLinesWindow};
  std::mutex in_order_;           // Held from an event's numbering until it is handed to Tayori.
  std::map<RoomId, Room> moved_;  // Guarded by in_order_. Whose member list is to be pushed.
};

}  // namespace retrochat
