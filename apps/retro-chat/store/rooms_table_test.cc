#include "store/rooms_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/doors_table.h"
#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

TEST(RoomsTable, numbers_each_owners_rooms) {
  StoreForTests store;
  const Account ann = store.add_account("ann");
  const Account bob = store.add_account("bob");
  EXPECT_EQ(store.add_room(ann).number, RoomNumber{1});
  EXPECT_EQ(store.add_room(ann).number, RoomNumber{2});
  EXPECT_EQ(store.add_room(bob).number, RoomNumber{1});
}

TEST(RoomsTable, finds_by_owner_in_any_spelling_and_number) {
  StoreForTests store;
  store.add_room(store.add_account("Ann"), "den");
  const auto room = store.rooms.find(*Handle::parse("aNN"), RoomNumber{1});
  ASSERT_TRUE(room);
  EXPECT_EQ(room->owner.handle, "Ann");
  EXPECT_EQ(room->name, "den");
  EXPECT_EQ(store.rooms.find(*Handle::parse("ann"), RoomNumber{2}).refusal(),
            Refusal::no_such_room);
  EXPECT_EQ(store.rooms.find(*Handle::parse("bob"), RoomNumber{1}).refusal(),
            Refusal::no_such_room);
}

TEST(RoomsTable, bounds_the_rooms_of_one_owner) {
  StoreForTests store;
  const Account ann = store.add_account("ann");
  for (std::size_t i = 0; i < limits::kRoomsPerOwner; ++i) store.add_room(ann);
  EXPECT_EQ(store.rooms.add(ann, settings_called("one more"), store.time.now()).refusal(),
            Refusal::too_many_rooms);
}

TEST(RoomsTable, lists_rooms_with_people_first_then_the_liveliest) {
  StoreForTests store;
  const Account ann = store.add_account("ann");
  const Room first = store.add_room(ann, "first");
  store.time.pass(std::chrono::seconds{1});
  store.add_room(ann, "second");
  store.time.pass(std::chrono::seconds{1});
  const Room third = store.add_room(ann, "third");
  store.happen(first, ann, EventKind::enter);
  store.time.pass(std::chrono::seconds{1});
  store.happen(third, ann, EventKind::enter);
  store.happen(third, ann, EventKind::leave);
  std::vector<std::string> names;
  const auto listings = store.rooms.list_for({});
  for (const RoomListing& listing : *listings) names.push_back(listing.room.name);
  EXPECT_THAT(names, ::testing::ElementsAre("first", "third", "second"));
}

TEST(RoomsTable, bounds_the_list) {
  StoreForTests store;
  for (std::uint32_t i = 0; i <= limits::kRoomsListed; ++i) {
    store.add_room(store.add_account("p" + std::to_string(i)));
  }
  EXPECT_EQ(store.rooms.list_for({})->size(), limits::kRoomsListed);
}

TEST(RoomsTable, never_gives_a_number_again) {
  StoreForTests store;
  const Account ann = store.add_account("ann");
  const Room first = store.add_room(ann);
  ASSERT_TRUE(store.rooms.erase(first.id));
  EXPECT_EQ(store.add_room(ann).number, RoomNumber{2});
  EXPECT_EQ(store.rooms.find(*Handle::parse("ann"), RoomNumber{1}).refusal(),
            Refusal::no_such_room);
}

TEST(RoomsTable, keeps_what_the_owner_says_of_a_room) {
  StoreForTests store;
  const Account ann = store.add_account("ann");
  const Room room = store.add_room(ann);
  RoomSettings settings = settings_called("tea room");
  settings.topic = *ShortText::topic("green or black?");
  settings.entry = RoomEntry::closed;
  settings.reposts = true;
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  const auto found = store.rooms.find(*Handle::parse("ann"), room.number);
  EXPECT_EQ(found->name, "tea room");
  EXPECT_EQ(found->topic, "green or black?");
  EXPECT_EQ(found->entry, RoomEntry::closed);
  EXPECT_TRUE(found->reposts);
}

class RoomLists : public ::testing::Test {
 protected:
  void add(std::string_view name, RoomEntry entry) {
    RoomSettings settings = settings_called(name);
    settings.entry = entry;
    if (entry == RoomEntry::listed) settings.listed = {*Handle::parse("bob")};
    ASSERT_TRUE(store.rooms.add(ann, settings, store.time.now()));
  }
  void SetUp() override {
    add("everyone", RoomEntry::everyone);
    add("signed_in", RoomEntry::signed_in);
    add("listed", RoomEntry::listed);
    add("passphrase", RoomEntry::passphrase);
    add("closed", RoomEntry::closed);
  }
  std::vector<std::string> shown_to(const std::optional<Account>& viewer) {
    std::vector<std::string> names;
    const auto listings = store.rooms.list_of(*Handle::parse("ann"), viewer);
    for (const RoomListing& listing : *listings) names.push_back(listing.room.name);
    EXPECT_EQ(names.size(), store.rooms.list_for(viewer)->size());
    return names;
  }

  StoreForTests store;
  Account ann = store.add_account("ann");
  Account bob = store.add_account("bob");
  Account cy = store.add_account("cy");
};

TEST_F(RoomLists, show_each_the_rooms_they_may_enter) {
  using ::testing::ElementsAre;
  EXPECT_THAT(shown_to(ann),
              ElementsAre("everyone", "signed_in", "listed", "passphrase", "closed"));
  EXPECT_THAT(shown_to(bob), ElementsAre("everyone", "signed_in", "listed", "passphrase"));
  EXPECT_THAT(shown_to(cy), ElementsAre("everyone", "signed_in", "passphrase"));
  EXPECT_THAT(shown_to({}), ElementsAre("everyone", "signed_in", "passphrase"));
}

TEST_F(RoomLists, do_not_show_a_room_to_who_was_shown_out) {
  DoorsTable doors{*store.database};
  const auto everyone = store.rooms.find(*Handle::parse("ann"), RoomNumber{1});
  ASSERT_TRUE(doors.remove(everyone->id, bob.id, store.time.now()));
  EXPECT_THAT(shown_to(bob), ::testing::ElementsAre("signed_in", "listed", "passphrase"));
}

TEST_F(RoomLists, know_whose_they_are) {
  EXPECT_EQ(store.rooms.list_of(*Handle::parse("nobody"), ann).refusal(), Refusal::no_such_person);
  EXPECT_TRUE(store.rooms.list_of(*Handle::parse("cy"), ann)->empty());
}

TEST(RoomsTable, lists_the_liveliest_without_looking_at_all) {
  StoreForTests store;
  const Account ann = store.add_account("ann");
  const Room lively = store.add_room(ann, "lively");
  store.happen(lively, ann, EventKind::enter);
  constexpr int kRooms = 10'000;
  store.run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(kRooms) +
            ") INSERT INTO rooms (owner_id, number, name, created_at, lively_at) SELECT " +
            std::to_string(ann.id.value) + ", 1 + i, 'quiet ' || i, 0, 2000000000000 + i FROM n");
  const int steps = store.steps_of([&] {
    const auto listed = *store.rooms.list_for(ann);
    ASSERT_EQ(listed.size(), limits::kRoomsListed);
    EXPECT_EQ(listed[0].room.name, "lively") << "somebody is inside";
    EXPECT_EQ(listed[1].room.name, "quiet 10000");
    EXPECT_EQ(listed.back().room.name, "quiet 9952");
  });
  EXPECT_LT(steps, kRooms);
}

}  // namespace
}  // namespace retrochat
