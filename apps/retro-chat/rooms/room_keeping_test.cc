#include "rooms/room_keeping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rooms/push_for_tests.h"
#include "store/store_for_tests.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RoomKeepingTest : public ::testing::Test {
 protected:
  static RoomWishes wishes(std::string_view name, RoomEntry entry = RoomEntry::everyone) {
    RoomWishes wishes{settings_called(name)};
    wishes.settings.entry = entry;
    return wishes;
  }
  Room again(const Room& room) {
    return *store.rooms.find(*Handle::parse(room.owner.handle), room.number);
  }

  StoreForTests store;
  PushForTests pushed;
  Push push = pushed.push();
  DoorsTable doors_table{*store.database};
  Doors doors{doors_table, store.time.clock()};
  Rooms rooms{{store.accounts, store.rooms, store.events}, doors, push, {}, store.time.clock()};
  RoomKeeping keeping{{store.accounts, store.rooms, doors_table},
                      rooms,
                      PassphraseCost::least(),
                      store.time.clock()};
  Account ann = store.add_account("ann");
  Account bob = store.add_account("bob");
};

TEST_F(RoomKeepingTest, opens_rooms_for_people_but_not_for_guests) {
  EXPECT_EQ(keeping.open(ann, wishes("den"))->number, RoomNumber{1});
  const auto guest = *store.accounts.add_guest(*Handle::parse("guest-x"), store.time.now());
  EXPECT_EQ(keeping.open(guest, wishes("den")).refusal(), Refusal::guests_own_nothing);
}

TEST_F(RoomKeepingTest, wants_a_passphrase_where_one_is_asked_for) {
  RoomWishes asks = wishes("den", RoomEntry::passphrase);
  EXPECT_EQ(keeping.open(ann, asks).refusal(), Refusal::room_passphrase_too_short);
  asks.passphrase = *Passphrase::choose_for_room("open sesame");
  const Room room = *keeping.open(ann, asks);
  EXPECT_TRUE(doors.knock(room, bob, "open sesame", "192.0.2.1"));
  // Kept when the form comes without one.
  asks.passphrase = std::nullopt;
  ASSERT_TRUE(keeping.alter(room, ann, asks));
  EXPECT_TRUE(doors.may_enter(again(room), bob));
}

TEST_F(RoomKeepingTest, is_the_owners_alone) {
  const Room room = *keeping.open(ann, wishes("den"));
  EXPECT_EQ(keeping.alter(room, bob, wishes("mine")).refusal(), Refusal::not_your_room);
  EXPECT_EQ(keeping.erase(room, bob).refusal(), Refusal::not_your_room);
  EXPECT_EQ(keeping.show_out(room, bob, "ann").refusal(), Refusal::not_your_room);
  EXPECT_EQ(keeping.let_in_again(room, bob, "bob").refusal(), Refusal::not_your_room);
  EXPECT_EQ(keeping.books(room, bob).refusal(), Refusal::not_your_room);
  EXPECT_EQ(again(room).name, "den");
}

TEST_F(RoomKeepingTest, shows_out_for_good_until_let_in_again) {
  const Room room = *keeping.open(ann, wishes("den"));
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_TRUE(keeping.show_out(room, ann, "BOB"));
  EXPECT_EQ(rooms.enter(room, bob).refusal(), Refusal::removed_from_room);
  EXPECT_EQ(rooms.speak(room, bob, *Line::parse("but")).refusal(), Refusal::removed_from_room);
  EXPECT_THAT(pushed.disconnected, ElementsAre("ann/1/bob"));
  EXPECT_EQ(keeping.books(room, ann)->removed.size(), 1U);
  ASSERT_TRUE(keeping.let_in_again(room, ann, "bob"));
  EXPECT_TRUE(rooms.enter(room, bob));
  EXPECT_THAT(keeping.books(room, ann)->removed, IsEmpty());
}

TEST_F(RoomKeepingTest, shows_out_nobody_who_is_not_there_to_be_shown_out) {
  const Room room = *keeping.open(ann, wishes("den"));
  EXPECT_EQ(keeping.show_out(room, ann, "nobody").refusal(), Refusal::no_such_person);
  EXPECT_EQ(keeping.show_out(room, ann, "<b>").refusal(), Refusal::no_such_person);
  EXPECT_EQ(keeping.show_out(room, ann, "ann").refusal(), Refusal::owner_stays);
}

TEST_F(RoomKeepingTest, erases_a_room_and_tells_everybody_inside) {
  const Room room = *keeping.open(ann, wishes("den"));
  ASSERT_TRUE(rooms.enter(room, bob));
  pushed.sent.clear();
  ASSERT_TRUE(keeping.erase(room, ann));
  ASSERT_EQ(pushed.sent.size(), 1U);
  EXPECT_EQ(pushed.sent[0].message, R"({"notice":"deleted"})");
  EXPECT_THAT(pushed.disconnected, ElementsAre("ann/1/bob"));
  EXPECT_EQ(store.rooms.find(*Handle::parse("ann"), RoomNumber{1}).refusal(),
            Refusal::no_such_room);
  rooms.sweep();
  EXPECT_EQ(pushed.sent.size(), 1U);
}

TEST_F(RoomKeepingTest, clears_what_an_erased_room_has_left_behind_with_its_sweeps) {
  const Room room = *keeping.open(ann, wishes("den"));
  ASSERT_TRUE(rooms.speak(room, bob, *Line::parse("hello")));
  ASSERT_TRUE(keeping.erase(room, ann));
  const auto rows = [&] {
    return *store.database->transact([](SQLite::Database& sql) -> Answer<int> {
      return sql.execAndGet("SELECT (SELECT count(*) FROM rooms) + (SELECT count(*) FROM events)")
          .getInt();
    });
  };
  EXPECT_EQ(rows(), 3);
  keeping.sweep();
  EXPECT_EQ(rows(), 1);
  keeping.sweep();
  EXPECT_EQ(rows(), 0);
  keeping.sweep();
}

}  // namespace
}  // namespace retrochat
