#include "store/events_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using std::chrono::seconds;

class EventsTableTest : public ::testing::Test {
 protected:
  RoomSnapshot snapshot(EventNumber after = {}) { return *store.events.snapshot(room.id, after); }

  StoreForTests store;
  Account ann = store.add_account("ann");
  Account bob = store.add_account("bob");
  Room room = store.add_room(ann);
};

TEST_F(EventsTableTest, numbers_a_rooms_events_without_holes) {
  EXPECT_EQ(store.happen(room, ann, EventKind::enter)->number, EventNumber{1});
  EXPECT_EQ(store.happen(room, ann, EventKind::enter), std::nullopt);
  EXPECT_EQ(store.happen(room, ann, EventKind::speak, "hello")->number, EventNumber{2});
  EXPECT_EQ(store.happen(store.add_room(ann), ann, EventKind::enter)->number, EventNumber{1});
}

TEST_F(EventsTableTest, keeps_the_members_as_the_sum_of_the_events) {
  store.happen(room, ann, EventKind::enter);
  store.time.pass(seconds{5});
  store.happen(room, bob, EventKind::enter);
  store.time.pass(seconds{5});
  store.happen(room, ann, EventKind::away);
  const auto members = snapshot().members;
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].who.handle, "bob");
  EXPECT_EQ(members[0].state, MemberState::here);
  EXPECT_EQ(members[1].who.handle, "ann");
  EXPECT_EQ(members[1].state, MemberState::away);
  EXPECT_EQ(members[1].since, store.time.now());
  store.happen(room, ann, EventKind::back);
  store.happen(room, bob, EventKind::lost);
  EXPECT_EQ(snapshot().members.size(), 1U);
  EXPECT_EQ(snapshot().members[0].state, MemberState::here);
  EXPECT_EQ(snapshot().last, EventNumber{5});
}

struct Attempt {
  std::vector<EventKind> before;
  EventKind kind;
  bool changes;
};

class MemberStates : public EventsTableTest, public ::testing::WithParamInterface<Attempt> {};

TEST_P(MemberStates, change_only_where_it_makes_sense) {
  for (const EventKind kind : GetParam().before) store.happen(room, ann, kind);
  const EventNumber before = snapshot().last;
  EXPECT_EQ(store.happen(room, ann, GetParam().kind, "x").has_value(), GetParam().changes);
  EXPECT_EQ(snapshot().last.value, before.value + (GetParam().changes ? 1 : 0));
}

using enum EventKind;
INSTANTIATE_TEST_SUITE_P(Outside, MemberStates,
                         ::testing::Values(Attempt{{}, enter, true}, Attempt{{}, leave, false},
                                           Attempt{{}, lost, false}, Attempt{{}, speak, false},
                                           Attempt{{}, away, false}, Attempt{{}, back, false}));
INSTANTIATE_TEST_SUITE_P(
    Here, MemberStates,
    ::testing::Values(Attempt{{enter}, enter, false}, Attempt{{enter}, leave, true},
                      Attempt{{enter}, lost, true}, Attempt{{enter}, speak, true},
                      Attempt{{enter}, away, true}, Attempt{{enter}, back, false}));
INSTANTIATE_TEST_SUITE_P(
    Away, MemberStates,
    ::testing::Values(Attempt{{enter, away}, enter, false}, Attempt{{enter, away}, leave, true},
                      Attempt{{enter, away}, lost, true}, Attempt{{enter, away}, speak, true},
                      Attempt{{enter, away}, away, false}, Attempt{{enter, away}, back, true}));

TEST_F(EventsTableTest, reads_what_came_after_an_event) {
  store.happen(room, ann, EventKind::enter);
  store.happen(room, ann, EventKind::speak, "one");
  store.happen(room, ann, EventKind::speak, "two");
  const auto events = snapshot(EventNumber{2}).events;
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].line, "two");
  EXPECT_EQ(events[0].who.handle, "ann");
  EXPECT_TRUE(snapshot(EventNumber{3}).events.empty());
}

TEST_F(EventsTableTest, shows_the_newest_events_in_their_order) {
  store.happen(room, ann, EventKind::enter);
  for (std::uint32_t i = 0; i < limits::kEventsShown; ++i) {
    store.happen(room, ann, EventKind::speak, std::to_string(i));
  }
  const auto events = snapshot().events;
  ASSERT_EQ(events.size(), limits::kEventsShown);
  EXPECT_EQ(events.front().line, "0");
  EXPECT_EQ(events.back().number, snapshot().last);
}

TEST_F(EventsTableTest, begins_with_some_lines_however_many_have_come_and_gone_since) {
  store.happen(room, ann, EventKind::enter);
  for (std::uint32_t i = 0; i < 2 * limits::kLinesShown; ++i)
    store.happen(room, ann, EventKind::speak, "line");
  for (std::uint32_t i = 0; i < limits::kEventsShown; ++i) {
    store.happen(room, ann, EventKind::away);
    store.happen(room, ann, EventKind::back);
  }
  const auto count = [](const RoomSnapshot& snapshot) {
    return std::ranges::count(snapshot.events, EventKind::speak, &Event::kind);
  };
  const auto begun = snapshot();
  EXPECT_EQ(count(begun), limits::kLinesShown);
  EXPECT_EQ(begun.events.front().kind, EventKind::speak);
  EXPECT_EQ(snapshot(EventNumber{1}).events.size(), limits::kEventsShown);
}

TEST_F(EventsTableTest, forgets_old_moves_but_not_the_lines_between_them) {
  store.happen(room, ann, EventKind::enter);
  store.happen(room, ann, EventKind::speak, "stays");
  for (std::uint32_t i = 0; i < limits::kMovesKept; ++i) {
    store.happen(room, bob, i % 2 == 0 ? EventKind::enter : EventKind::leave);
  }
  const auto count = store.database->transact([](SQLite::Database& sql) -> Answer<int> {
    return sql.execAndGet("SELECT count(*) FROM events WHERE kind <> 'speak'").getInt();
  });
  EXPECT_EQ(*count, static_cast<int>(limits::kMovesKept));
  const auto lines = store.database->transact([](SQLite::Database& sql) -> Answer<int> {
    return sql.execAndGet("SELECT count(*) FROM events WHERE kind = 'speak'").getInt();
  });
  EXPECT_EQ(*lines, 1);
  EXPECT_EQ(snapshot().last.value, limits::kMovesKept + 2);
}

TEST_F(EventsTableTest, refuses_who_comes_into_a_full_room) {
  for (std::size_t i = 0; i < limits::kMembersPerRoom; ++i) {
    store.happen(room, store.add_account("p" + std::to_string(i)), EventKind::enter);
  }
  EXPECT_EQ(store.events.append(room.id, ann, EventKind::enter, "", store.time.now()).refusal(),
            Refusal::room_full);
  const Account inside = (*store.accounts.find(*Handle::parse("p0")))->account;
  EXPECT_EQ(store.happen(room, inside, EventKind::enter), std::nullopt);
}

TEST_F(EventsTableTest, lets_in_again_who_was_given_up_but_not_who_left_or_was_shown_out) {
  const auto reenter = [&] { return store.events.reenter(room.id, bob, store.time.now()); };
  EXPECT_EQ((*reenter())->kind, EventKind::enter) << "somebody new";
  EXPECT_EQ(*reenter(), std::nullopt) << "inside";
  store.happen(room, bob, EventKind::away);
  store.happen(room, bob, EventKind::lost);
  EXPECT_EQ((*reenter())->kind, EventKind::enter);
  for (const EventKind out : {EventKind::leave, EventKind::removed}) {
    store.happen(room, bob, out);
    const EventNumber before = snapshot().last;
    EXPECT_EQ(reenter().refusal(), Refusal::left_room);
    EXPECT_EQ(snapshot().last, before);
    EXPECT_NE(store.happen(room, bob, EventKind::enter), std::nullopt) << "by the room's page";
    EXPECT_EQ(*reenter(), std::nullopt);
  }
}

TEST_F(EventsTableTest, knows_each_ones_last_move_and_each_rooms) {
  const Room other = store.add_room(ann);
  for (const Account& who : {ann, bob}) store.happen(room, who, EventKind::enter);
  store.happen(room, bob, EventKind::speak, "bye");
  store.happen(room, bob, EventKind::leave);
  store.happen(room, ann, EventKind::lost);
  EXPECT_EQ(store.events.reenter(room.id, bob, store.time.now()).refusal(), Refusal::left_room);
  EXPECT_TRUE(store.events.reenter(room.id, ann, store.time.now()));
  EXPECT_TRUE(store.events.reenter(other.id, bob, store.time.now()));
}

TEST_F(EventsTableTest, knows_where_everybody_is) {
  store.happen(room, ann, EventKind::enter);
  const Room other = store.add_room(bob);
  store.happen(other, ann, EventKind::enter);
  store.happen(other, bob, EventKind::enter);
  store.happen(other, bob, EventKind::leave);
  const auto everybody = *store.events.everybody();
  ASSERT_EQ(everybody.size(), 2U);
  EXPECT_EQ(everybody[0].who.handle, "ann");
  EXPECT_EQ(everybody[1].room.owner.handle, "bob");
}

TEST(EventKind, is_written_and_read) {
  for (const EventKind kind : {enter, leave, lost, speak, away, back})
    EXPECT_EQ(event_kind_of(name(kind)), kind);
  EXPECT_EQ(event_kind_of("dance"), std::nullopt);
}

}  // namespace
}  // namespace retrochat
