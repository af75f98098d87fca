// Rooms over a store in memory, with a room of ann's.
//
// Threads: one test's only.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rooms/address.h"
#include "rooms/push_for_tests.h"
#include "rooms/rooms.h"
#include "store/store_for_tests.h"

namespace retrochat {

class RoomsTest : public ::testing::Test {
 protected:
  std::vector<std::string> names_inside() {
    std::vector<std::string> names;
    const auto snapshot = store.events.snapshot(room.id, {});
    for (const Member& member : snapshot->members) names.push_back(member.who.handle);
    return names;
  }
  std::vector<EventKind> kinds() {
    std::vector<EventKind> all;
    const auto snapshot = store.events.snapshot(room.id, {});
    for (const Event& event : snapshot->events) all.push_back(event.kind);
    return all;
  }
  void edge(tayori::PresenceEdge::Kind kind, const Account& who,
            tayori::PresenceEdge::Reason reason = tayori::PresenceEdge::Reason::none) {
    rooms.on_presence({.kind = kind,
                       .client_id = client_id_of(room, who),
                       .reason = reason,
                       .generation = ++generation,
                       .at = {}});
  }
  PresentedTicket present(const Ticket& ticket) {
    return {ticket.token, std::to_string(ticket.issued.time_since_epoch().count())};
  }

  StoreForTests store;
  PushForTests pushed;
  Push push = pushed.push();
  RoomsTiming timing;
  DoorsTable doors_table{*store.database};
  Doors doors{doors_table, store.time.clock()};
  Rooms rooms{{store.accounts, store.rooms, store.events}, doors, push, timing, store.time.clock()};
  Account ann = store.add_account("ann");
  Account bob = store.add_account("bob");
  Room room = store.add_room(ann);
  std::uint64_t generation = 0;
};

}  // namespace retrochat
