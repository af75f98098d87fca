#include "rooms/doors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "people/passphrase_hash.h"
#include "store/store_for_tests.h"

namespace retrochat {
namespace {

class DoorsTest : public ::testing::Test {
 protected:
  Room room_for(RoomEntry entry) {
    RoomSettings settings = settings_called("den");
    settings.entry = entry;
    settings.listed = {*Handle::parse("BOB")};
    settings.passphrase_hash =
        *hash_passphrase(*Passphrase::choose_for_room("open sesame"), PassphraseCost::least());
    return *store.rooms.add(ann, settings, store.time.now());
  }
  std::optional<Refusal> refused(const Room& room, const std::optional<Account>& who) {
    const auto admitted = doors.may_enter(room, who);
    return admitted ? std::nullopt : std::optional(admitted.refusal());
  }

  StoreForTests store;
  DoorsTable table{*store.database};
  Doors doors{table, store.time.clock()};
  Account ann = store.add_account("ann");
  Account bob = store.add_account("bob");
  Account cy = store.add_account("cy");
  Account guest = *store.accounts.add_guest(*Handle::parse("guest-x"), store.time.now());
};

TEST_F(DoorsTest, open_as_the_owner_says) {
  using enum Refusal;
  struct Case {
    RoomEntry entry;
    std::optional<Refusal> bob, cy, guest;
  };
  const Case cases[] = {
      {RoomEntry::everyone, {}, {}, {}},
      {RoomEntry::signed_in, {}, {}, sign_in_first},
      {RoomEntry::listed, {}, not_listed, sign_in_first},
      {RoomEntry::passphrase, room_passphrase_missing, room_passphrase_missing,
       room_passphrase_missing},
      {RoomEntry::closed, room_closed, room_closed, room_closed},
  };
  for (const Case& each : cases) {
    const Room room = room_for(each.entry);
    EXPECT_EQ(refused(room, ann), std::nullopt);
    EXPECT_EQ(refused(room, bob), each.bob);
    EXPECT_EQ(refused(room, cy), each.cy);
    EXPECT_EQ(refused(room, guest), each.guest);
    EXPECT_EQ(refused(room, {}), sign_in_first);
  }
}

TEST_F(DoorsTest, stay_shut_to_who_was_shown_out) {
  for (const RoomEntry entry : {RoomEntry::everyone, RoomEntry::listed, RoomEntry::passphrase}) {
    const Room room = room_for(entry);
    ASSERT_TRUE(table.remove(room.id, bob.id, store.time.now()));
    EXPECT_EQ(refused(room, bob), Refusal::removed_from_room);
    EXPECT_EQ(doors.knock(room, bob, "open sesame", "192.0.2.1").refusal(),
              Refusal::removed_from_room);
  }
}

TEST_F(DoorsTest, open_to_who_gives_the_passphrase_once) {
  const Room room = room_for(RoomEntry::passphrase);
  EXPECT_EQ(doors.knock(room, guest, "open barley", "192.0.2.1").refusal(),
            Refusal::room_passphrase_wrong);
  ASSERT_TRUE(doors.knock(room, guest, "open sesame", "192.0.2.1"));
  EXPECT_EQ(refused(room, guest), std::nullopt);
  EXPECT_EQ(refused(room, bob), Refusal::room_passphrase_missing);
}

TEST_F(DoorsTest, let_nobody_guess) {
  const Room room = room_for(RoomEntry::passphrase);
  int wrong = 0;
  int stopped = 0;
  for (int i = 0; i < 1'000; ++i) {
    const auto answer = doors.knock(room, bob, "guess " + std::to_string(i), "192.0.2.1");
    wrong += answer.refusal() == Refusal::room_passphrase_wrong ? 1 : 0;
    stopped += answer.refusal() == Refusal::too_many_knocks ? 1 : 0;
  }
  EXPECT_EQ(wrong, static_cast<int>(limits::kKnocksOfPerson));
  EXPECT_EQ(wrong + stopped, 1'000);
  // Not even the right one helps now; somebody else is not kept waiting for it, and later it does.
  EXPECT_FALSE(doors.knock(room, bob, "open sesame", "192.0.2.1"));
  EXPECT_TRUE(doors.knock(room, cy, "open sesame", "192.0.2.9"));
  store.time.pass(limits::kKnockWindow);
  EXPECT_TRUE(doors.knock(room, bob, "open sesame", "192.0.2.1"));
}

TEST_F(DoorsTest, bound_the_guesses_of_many_people_from_one_place) {
  const Room room = room_for(RoomEntry::passphrase);
  for (std::size_t i = 0; i < limits::kKnocksOfPeer; ++i) {
    const Account somebody = store.add_account("p" + std::to_string(i));
    EXPECT_EQ(doors.knock(room, somebody, "guess", "192.0.2.1").refusal(),
              Refusal::room_passphrase_wrong);
  }
  EXPECT_EQ(doors.knock(room, cy, "open sesame", "192.0.2.1").refusal(), Refusal::too_many_knocks);
}

}  // namespace
}  // namespace retrochat
