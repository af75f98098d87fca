// Going out: by oneself, lost, shown out; and who comes in again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rooms/rooms_for_tests.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = tayori::PresenceEdge::Kind;

class RoomsOut : public RoomsTest {};

TEST_F(RoomsOut, puts_out_whose_page_is_gone_but_not_who_reloads) {
  ASSERT_TRUE(rooms.enter(room, ann));
  edge(Kind::connected, ann);
  edge(Kind::disconnected, ann);
  store.time.pass(timing.liveness.leave_grace / 2);
  rooms.sweep();
  ASSERT_TRUE(rooms.enter(room, ann));
  edge(Kind::connected, ann);
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  edge(Kind::disconnected, ann);
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
  EXPECT_THAT(kinds(), ElementsAre(EventKind::enter, EventKind::lost));
}

TEST_F(RoomsOut, puts_out_later_who_could_not_leave) {
  ASSERT_TRUE(rooms.enter(room, ann));
  store.run("PRAGMA query_only = on");
  store.may_complain = true;
  EXPECT_EQ(rooms.leave(room, ann).refusal(), Refusal::trouble);
  store.run("PRAGMA query_only = off");
  store.may_complain = false;
  store.time.pass(timing.liveness.restart_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsOut, keeps_who_stepped_away_before_their_machine_fell_asleep) {
  using Reason = tayori::PresenceEdge::Reason;
  for (const Account& who : {ann, bob}) {
    ASSERT_TRUE(rooms.enter(room, who));
    edge(Kind::connected, who);
  }
  ASSERT_TRUE(rooms.step_away(room, ann, *ShortText::away_word("lunch")));
  for (const Account& who : {ann, bob}) edge(Kind::disconnected, who, Reason::lost);
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  store.time.pass(timing.liveness.quiet - timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsOut, lets_go_who_stepped_away_and_closed_the_page) {
  ASSERT_TRUE(rooms.enter(room, ann));
  edge(Kind::connected, ann);
  ASSERT_TRUE(rooms.step_away(room, ann));
  edge(Kind::disconnected, ann, tayori::PresenceEdge::Reason::closed);
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsOut, takes_back_who_steps_away_after_they_were_given_up) {
  ASSERT_TRUE(rooms.enter(room, ann));
  store.time.pass(timing.liveness.quiet);
  rooms.sweep();
  ASSERT_THAT(names_inside(), IsEmpty());
  ASSERT_TRUE(rooms.step_away(room, ann, *ShortText::away_word("tea")));
  EXPECT_EQ(rooms.inside(room)->at(0).word, "tea");
  ASSERT_TRUE(rooms.leave(room, ann));
  EXPECT_EQ(rooms.step_away(room, ann).refusal(), Refusal::left_room);
}

TEST_F(RoomsOut, puts_out_later_whom_a_store_in_trouble_did_not_let_go) {
  ASSERT_TRUE(rooms.enter(room, ann));
  store.run("PRAGMA query_only = on");
  store.may_complain = true;
  store.time.pass(timing.liveness.quiet);
  rooms.sweep();
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  store.run("PRAGMA query_only = off");
  store.may_complain = false;
  store.time.pass(timing.liveness.restart_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
  EXPECT_THAT(kinds(), ElementsAre(EventKind::enter, EventKind::lost));
}

TEST_F(RoomsOut, puts_out_who_has_no_channel_and_sends_no_requests) {
  ASSERT_TRUE(rooms.enter(room, ann));
  store.time.pass(timing.liveness.quiet);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsOut, takes_back_a_page_that_polls_after_it_was_given_up) {
  const Ticket ticket = *rooms.enter(room, ann)->ticket;
  edge(Kind::connected, ann);
  edge(Kind::disconnected, ann);
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  edge(Kind::connected, ann);
  const auto visit = rooms.poll(room, ann, EventNumber{1}, present(ticket));
  ASSERT_TRUE(visit);
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  ASSERT_EQ(visit->snapshot.events.size(), 2U);
  EXPECT_EQ(visit->snapshot.events[0].kind, EventKind::lost);
  EXPECT_EQ(visit->snapshot.events[1].kind, EventKind::enter);
  store.time.pass(std::chrono::hours{2});
  rooms.sweep();
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
}

TEST_F(RoomsOut, does_not_take_back_by_a_poll_who_left_on_another_page) {
  const Ticket ticket = *rooms.enter(room, bob)->ticket;
  ASSERT_TRUE(rooms.leave(room, bob));
  pushed.sent.clear();
  EXPECT_EQ(rooms.poll(room, bob, EventNumber{1}, present(ticket)).refusal(), Refusal::left_room);
  EXPECT_EQ(rooms.poll(room, bob, EventNumber{1}, {}).refusal(), Refusal::left_room);
  EXPECT_THAT(names_inside(), IsEmpty());
  EXPECT_THAT(pushed.sent, IsEmpty());
  ASSERT_TRUE(rooms.enter(room, bob));
  EXPECT_TRUE(rooms.poll(room, bob, EventNumber{1}, {}));
  EXPECT_THAT(names_inside(), ElementsAre("bob"));
}

TEST_F(RoomsOut, ends_the_pages_of_who_is_inside_no_more) {
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_TRUE(rooms.leave(room, bob));
  EXPECT_THAT(pushed.disconnected, ElementsAre("ann/1/bob"));
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_TRUE(rooms.show_out(room, bob));
  EXPECT_THAT(pushed.disconnected, ElementsAre("ann/1/bob", "ann/1/bob"));
  EXPECT_EQ(kinds().back(), EventKind::removed);
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsOut, ends_the_pages_of_who_listens_without_being_inside) {
  ASSERT_TRUE(rooms.enter(room, ann));
  edge(Kind::connected, ann);
  edge(Kind::connected, bob);
  rooms.sweep();
  EXPECT_THAT(pushed.disconnected, IsEmpty());
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(pushed.disconnected, ElementsAre(client_id_of(room, bob).text()));
  rooms.sweep();
  EXPECT_THAT(pushed.disconnected, testing::SizeIs(1));
}

TEST_F(RoomsOut, ends_the_pages_of_who_listens_to_a_room_that_is_gone) {
  edge(Kind::connected, bob);
  ASSERT_TRUE(store.rooms.erase(room.id));
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(pushed.disconnected, ElementsAre(client_id_of(room, bob).text()));
}

TEST_F(RoomsOut, looks_again_at_who_listens_when_the_store_is_in_trouble) {
  edge(Kind::connected, bob);
  store.time.pass(timing.liveness.leave_grace);
  store.run("ALTER TABLE members RENAME TO elsewhere");
  store.may_complain = true;
  rooms.sweep();
  store.run("ALTER TABLE elsewhere RENAME TO members");
  store.may_complain = false;
  EXPECT_THAT(pushed.disconnected, IsEmpty());
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(pushed.disconnected, ElementsAre(client_id_of(room, bob).text()));
}

TEST_F(RoomsOut, tells_of_an_altered_room_and_shows_out_who_may_stay_no_longer) {
  ASSERT_TRUE(rooms.enter(room, ann));
  ASSERT_TRUE(rooms.enter(room, bob));
  RoomSettings settings = settings_called("tea room");
  settings.entry = RoomEntry::closed;
  ASSERT_TRUE(store.rooms.alter(room.id, settings));
  pushed.sent.clear();
  ASSERT_TRUE(rooms.altered(*store.rooms.find(*Handle::parse("ann"), RoomNumber{1})));
  EXPECT_EQ(pushed.sent[0].message,
            R"({"name":"tea room","topic":"","posted_on":false,"notice":"room"})");
  EXPECT_THAT(pushed.sent[1].message, HasSubstr(R"("kind":"removed","who":"bob")"));
  EXPECT_THAT(pushed.sent[1].message, HasSubstr(R"("why":"closed")"));
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  EXPECT_THAT(pushed.disconnected, ElementsAre("ann/1/bob"));
}

TEST_F(RoomsOut, tells_whom_an_altered_entry_shows_out_why) {
  RoomSettings settings = settings_called("room");
  for (const RoomEntry entry : {RoomEntry::listed, RoomEntry::passphrase}) {
    ASSERT_TRUE(rooms.enter(room, bob));
    settings.entry = entry;
    ASSERT_TRUE(store.rooms.alter(room.id, settings));
    ASSERT_TRUE(rooms.altered(*store.rooms.find(*Handle::parse("ann"), RoomNumber{1})));
    EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("kind":"removed","who":"bob")"));
    EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("why":"entry")"));
  }
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_TRUE(rooms.show_out(room, bob));
  EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("kind":"removed","who":"bob")"));
  EXPECT_THAT(pushed.sent.back().message, ::testing::Not(HasSubstr("why")));
}

}  // namespace
}  // namespace retrochat
