#include "store/doors_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DoorsTableTest : public ::testing::Test {
 protected:
  std::vector<std::string> removed() {
    std::vector<std::string> handles;
    const auto people = doors.removed(room.id);
    for (const Account& who : *people) handles.push_back(who.handle);
    return handles;
  }

  StoreForTests store;
  DoorsTable doors{*store.database};
  Account ann = store.add_account("ann");
  Account bob = store.add_account("Bob");
  Room room = store.add_room(ann);
};

TEST_F(DoorsTableTest, knows_nobody_at_first) {
  const auto standing = doors.standing(room.id, bob);
  EXPECT_FALSE(standing->listed || standing->admitted || standing->removed);
}

TEST_F(DoorsTableTest, knows_who_gave_the_passphrase) {
  ASSERT_TRUE(doors.admit(room.id, bob.id));
  ASSERT_TRUE(doors.admit(room.id, bob.id));
  EXPECT_TRUE(doors.standing(room.id, bob)->admitted);
  EXPECT_FALSE(doors.standing(room.id, ann)->admitted);
}

TEST_F(DoorsTableTest, keeps_people_out_until_they_are_let_in_again) {
  const Account cy = store.add_account("cy");
  ASSERT_TRUE(doors.remove(room.id, bob.id, store.time.now()));
  store.time.pass(std::chrono::seconds{1});
  ASSERT_TRUE(doors.remove(room.id, cy.id, store.time.now()));
  EXPECT_TRUE(doors.standing(room.id, bob)->removed);
  EXPECT_THAT(removed(), ElementsAre("cy", "Bob"));
  ASSERT_TRUE(doors.let_in_again(room.id, bob.id));
  ASSERT_TRUE(doors.let_in_again(room.id, bob.id));
  EXPECT_FALSE(doors.standing(room.id, bob)->removed);
  EXPECT_THAT(removed(), ElementsAre("cy"));
}

TEST_F(DoorsTableTest, forgets_the_first_of_too_many_who_were_shown_out) {
  ASSERT_TRUE(doors.remove(room.id, bob.id, store.time.now()));
  for (std::uint32_t i = 0; i < limits::kRemovedPerRoom; ++i) {
    store.time.pass(std::chrono::milliseconds{1});
    ASSERT_TRUE(
        doors.remove(room.id, store.add_account("p" + std::to_string(i)).id, store.time.now()));
  }
  EXPECT_EQ(removed().size(), limits::kRemovedPerRoom);
  EXPECT_FALSE(doors.standing(room.id, bob)->removed);
}

TEST_F(DoorsTableTest, lists_whom_the_owner_named_in_any_spelling) {
  RoomSettings settings = settings_called("den");
  settings.entry = RoomEntry::listed;
  settings.listed = {*Handle::parse("bob"), *Handle::parse("nobody-yet")};
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  EXPECT_THAT(*doors.listed(room.id), ElementsAre("bob", "nobody-yet"));
  EXPECT_TRUE(doors.standing(room.id, bob)->listed);
  settings.listed.clear();
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  EXPECT_THAT(*doors.listed(room.id), IsEmpty());
}

TEST_F(DoorsTableTest, asks_everybody_again_when_the_passphrase_changes) {
  RoomSettings settings = settings_called("den");
  settings.entry = RoomEntry::passphrase;
  settings.passphrase_hash = "hash of one";
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  ASSERT_TRUE(doors.admit(room.id, bob.id));
  settings.passphrase_hash = std::nullopt;
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  EXPECT_TRUE(doors.standing(room.id, bob)->admitted);
  EXPECT_EQ(*doors.passphrase_hash(room.id), "hash of one");
  settings.passphrase_hash = "hash of another";
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  EXPECT_FALSE(doors.standing(room.id, bob)->admitted);
}

TEST_F(DoorsTableTest, forgets_a_room_that_is_gone) {
  ASSERT_TRUE(doors.admit(room.id, bob.id));
  ASSERT_TRUE(store.rooms.erase(room.id));
  EXPECT_EQ(doors.passphrase_hash(room.id).refusal(), Refusal::no_such_room);
  EXPECT_FALSE(doors.standing(room.id, bob)->admitted);
}

}  // namespace
}  // namespace retrochat
