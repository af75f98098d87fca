#include "people/guests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "people/reserved_handles.h"
#include "store/store_for_tests.h"

namespace retrochat {
namespace {

class GuestsTest : public ::testing::Test {
 protected:
  /// Counts up, so that each guest differs.
  RandomBytes random = [this](std::span<std::uint8_t> bytes) {
    for (auto& byte : bytes) byte = next / 2;
    ++next;
  };

  StoreForTests store;
  std::uint8_t next = 0;
  Guests guests{store.accounts, store.time.clock(), random};
};

TEST_F(GuestsTest, go_by_a_handle_of_the_house) {
  const auto guest = guests.welcome("192.0.2.1");
  EXPECT_EQ(guest->handle, "guest-222222");
  EXPECT_TRUE(guest->is_guest);
  EXPECT_TRUE(is_reserved(*Handle::parse("Guest-me")));
  EXPECT_FALSE(is_reserved(*Handle::parse("guest")));
}

TEST_F(GuestsTest, get_another_when_the_first_is_taken) {
  ASSERT_TRUE(store.happen(store.add_room(store.add_account("ann")), *guests.welcome("192.0.2.1"),
                           EventKind::enter));
  EXPECT_EQ(guests.welcome("192.0.2.1")->handle, "guest-333333");
}

TEST_F(GuestsTest, are_bounded_by_peer) {
  Guests many(store.accounts, store.time.clock(), secure_random);
  for (std::size_t i = 0; i < limits::kGuestsOfPeer; ++i) EXPECT_TRUE(many.welcome("192.0.2.1"));
  EXPECT_EQ(many.welcome("192.0.2.1").refusal(), Refusal::too_many_guests);
  EXPECT_TRUE(many.welcome("192.0.2.2"));
  store.time.pass(limits::kGuestWindow);
  EXPECT_TRUE(many.welcome("192.0.2.1"));
}

TEST_F(GuestsTest, are_forgotten_when_nothing_is_left_of_them) {
  const auto gone = guests.welcome("192.0.2.1");
  next = 50;
  const auto spoke = *guests.welcome("192.0.2.1");
  const Room room = store.add_room(store.add_account("ann"));
  store.happen(room, spoke, EventKind::enter);
  next = 100;
  ASSERT_TRUE(guests.welcome("192.0.2.1"));
  EXPECT_TRUE(*store.accounts.find(*Handle::parse(gone->handle)));
  store.time.pass(std::chrono::days{2});
  next = 150;
  ASSERT_TRUE(guests.welcome("192.0.2.1"));
  EXPECT_FALSE(*store.accounts.find(*Handle::parse(gone->handle)));
  EXPECT_TRUE(*store.accounts.find(*Handle::parse(spoke.handle)));
}

TEST_F(GuestsTest, are_all_looked_at_in_turn_yet_few_for_each_new_one) {
  constexpr int kBefore = 5'000;
  const Account ann = store.add_account("ann");
  const Room room = store.add_room(ann);
  store.run(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
      std::to_string(kBefore) +
      ") INSERT INTO accounts (handle, created_at, guest) SELECT 'guest-n' || i, 0, 1 FROM n");
  // All but the last have left a trace.
  store.run("INSERT INTO removed (room_id, account_id, at) SELECT " +
            std::to_string(room.id.value) +
            ", id, 0 FROM accounts WHERE handle LIKE 'guest-n%' AND handle <> 'guest-n5000'");
  auto come = [&, i = 0]() mutable {
    ASSERT_TRUE(store.accounts.add_guest(*Handle::parse("guest-x" + std::to_string(++i)),
                                         store.time.now()));
  };
  EXPECT_LT(store.steps_of(come), kBefore);
  for (int i = 0; i < kBefore / static_cast<int>(limits::kGuestsLookedAt) + 1; ++i) come();
  EXPECT_FALSE(*store.accounts.find(*Handle::parse("guest-n5000")));
  EXPECT_TRUE(*store.accounts.find(*Handle::parse("guest-n4999")));
}

}  // namespace
}  // namespace retrochat
