#include "store/rooms_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_EQ(store.rooms.add(ann, *RoomName::parse("one more"), store.time.now()).refusal(),
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
  const auto listings = store.rooms.list();
  for (const RoomListing& listing : *listings) names.push_back(listing.room.name);
  EXPECT_THAT(names, ::testing::ElementsAre("first", "third", "second"));
}

TEST(RoomsTable, bounds_the_list) {
  StoreForTests store;
  for (std::uint32_t i = 0; i <= limits::kRoomsListed; ++i) {
    store.add_room(store.add_account("p" + std::to_string(i)));
  }
  EXPECT_EQ(store.rooms.list()->size(), limits::kRoomsListed);
}

}  // namespace
}  // namespace retrochat
