#include "rooms/rooms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "rooms/lobby.h"
#include "rooms/rooms_for_tests.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = tayori::PresenceEdge::Kind;

TEST_F(RoomsTest, gives_who_enters_a_token_for_the_rooms_group) {
  const auto visit = rooms.enter(room, bob);
  ASSERT_TRUE(visit && visit->ticket);
  EXPECT_EQ(visit->ticket->token, "token-1-of:ann/1/bob");
  EXPECT_THAT(pushed.groups, ElementsAre("room/ann/1"));
  EXPECT_EQ(visit->snapshot.last, EventNumber{1});
  EXPECT_THAT(names_inside(), ElementsAre("bob"));
}

TEST_F(RoomsTest, tells_the_room_once_what_happened) {
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_EQ(pushed.sent.size(), 1U);
  EXPECT_EQ(pushed.sent[0].group, "room/ann/1");
  EXPECT_EQ(pushed.sent[0].message,
            R"({"event":1,"kind":"enter","who":"bob","colour":3,"at":1767225600000})");
}

TEST_F(RoomsTest, takes_two_pages_of_one_person_for_one_person) {
  ASSERT_TRUE(rooms.enter(room, ann));
  ASSERT_TRUE(rooms.enter(room, ann));
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  EXPECT_EQ(pushed.sent.size(), 1U);
}

TEST_F(RoomsTest, stores_a_line_and_pushes_it_with_its_number) {
  ASSERT_TRUE(rooms.enter(room, ann));
  ASSERT_TRUE(rooms.speak(room, ann, *Line::parse("\"hi\" <b>あ</b>")));
  EXPECT_EQ(store.events.snapshot(room.id, EventNumber{1})->events[0].line, "\"hi\" <b>あ</b>");
  EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("event":2,"kind":"speak","who":"ann")"));
  EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("line":"\"hi\" <b>あ</b>")"));
}

TEST_F(RoomsTest, fits_the_longest_line_into_a_message) {
  std::string line;
  for (std::size_t i = 0; i < limits::kLineChars; ++i) line += "🙂";
  ASSERT_TRUE(rooms.speak(room, ann, *Line::parse(line)));
  ASSERT_TRUE(rooms.speak(room, ann, *Line::parse(std::string(limits::kLineChars, '"'))));
  EXPECT_EQ(pushed.sent.size(), 3U);
}

TEST_F(RoomsTest, brings_a_speaker_in_and_back) {
  ASSERT_TRUE(rooms.speak(room, ann, *Line::parse("hi")));
  ASSERT_TRUE(rooms.step_away(room, ann));
  ASSERT_TRUE(rooms.speak(room, ann, *Line::parse("again")));
  EXPECT_THAT(kinds(), ElementsAre(EventKind::enter, EventKind::speak, EventKind::away,
                                   EventKind::back, EventKind::speak));
}

TEST_F(RoomsTest, steps_away_and_back_and_leaves) {
  ASSERT_TRUE(rooms.enter(room, ann));
  ASSERT_TRUE(rooms.step_away(room, ann));
  ASSERT_TRUE(rooms.step_away(room, ann));
  ASSERT_TRUE(rooms.come_back(room, ann));
  ASSERT_TRUE(rooms.leave(room, ann));
  ASSERT_TRUE(rooms.leave(room, ann));
  EXPECT_THAT(kinds(),
              ElementsAre(EventKind::enter, EventKind::away, EventKind::back, EventKind::leave));
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsTest, bounds_how_fast_one_person_speaks) {
  const Line line = *Line::parse("x");
  for (std::size_t i = 0; i < limits::kLinesOfPerson; ++i)
    ASSERT_TRUE(rooms.speak(room, ann, line));
  EXPECT_EQ(rooms.speak(room, ann, line).refusal(), Refusal::lines_too_fast);
  EXPECT_TRUE(rooms.speak(room, bob, line));
  store.time.pass(limits::kLinesWindow);
  EXPECT_TRUE(rooms.speak(room, ann, line));
}

TEST_F(RoomsTest, pushes_in_the_order_of_the_numbers_whoever_speaks) {
  constexpr int kSpeakers = 4;
  constexpr int kLines = 25;
  std::vector<Account> speakers;
  for (int i = 0; i < kSpeakers; ++i)
    speakers.push_back(store.add_account("s" + std::to_string(i)));
  std::vector<std::thread> threads;
  for (const Account& speaker : speakers) {
    threads.emplace_back([this, &speaker] {
      for (int i = 0; i < kLines; ++i) EXPECT_TRUE(rooms.speak(room, speaker, *Line::parse("x")));
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(pushed.sent.size(), std::size_t{kSpeakers * (kLines + 1)});
  for (std::size_t i = 0; i < pushed.sent.size(); ++i) {
    EXPECT_THAT(pushed.sent[i].message,
                ::testing::StartsWith("{\"event\":" + std::to_string(i + 1) + ","));
  }
}

TEST_F(RoomsTest, renews_a_token_after_90_minutes) {
  const Ticket ticket = *rooms.enter(room, ann)->ticket;
  store.time.pass(std::chrono::minutes{89});
  EXPECT_FALSE(rooms.poll(room, ann, {}, present(ticket))->ticket);
  store.time.pass(std::chrono::minutes{1});
  const auto visit = rooms.poll(room, ann, {}, present(ticket));
  ASSERT_TRUE(visit->ticket);
  EXPECT_NE(visit->ticket->token, ticket.token);
  EXPECT_EQ(visit->ticket->issued, store.time.now());
}

TEST_F(RoomsTest, renews_a_token_that_is_no_longer_good_or_another_persons) {
  const Ticket anns = *rooms.enter(room, ann)->ticket;
  const std::string issued = present(anns).issued;
  EXPECT_TRUE(rooms.poll(room, ann, {}, {"expired", issued})->ticket);
  EXPECT_TRUE(rooms.poll(room, bob, {}, present(anns))->ticket);
  EXPECT_TRUE(rooms.poll(room, ann, {}, {anns.token, ""})->ticket);
  EXPECT_TRUE(rooms.poll(room, ann, {}, {anns.token, "soon"})->ticket);
  EXPECT_TRUE(rooms.poll(room, ann, {}, {anns.token, "99999999999999"})->ticket);
  EXPECT_FALSE(rooms.poll(room, ann, {}, present(anns))->ticket);
}

TEST_F(RoomsTest, keeps_who_was_inside_over_a_restart_if_they_come_back) {
  ASSERT_TRUE(rooms.enter(room, ann));
  ASSERT_TRUE(rooms.enter(room, bob));
  Rooms restarted({store.accounts, store.rooms, store.events}, doors, push, timing,
                  store.time.clock());
  ASSERT_TRUE(restarted.resume());
  restarted.on_presence(
      {.kind = Kind::connected, .client_id = client_id_of(room, bob), .generation = 1});
  store.time.pass(timing.liveness.restart_grace);
  restarted.sweep();
  EXPECT_THAT(names_inside(), ElementsAre("bob"));
}

TEST_F(RoomsTest, lets_who_signs_out_leave_every_room) {
  const Room other = store.add_room(bob);
  ASSERT_TRUE(rooms.enter(room, ann));
  ASSERT_TRUE(rooms.enter(other, ann));
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_TRUE(rooms.leave_all(ann));
  EXPECT_THAT(names_inside(), ElementsAre("bob"));
  EXPECT_TRUE(store.events.snapshot(other.id, {})->members.empty());
}

TEST_F(RoomsTest, ignores_presence_of_client_ids_that_are_not_its_own) {
  rooms.on_presence({.kind = Kind::connected,
                     .client_id = *tayori::ClientId::parse("somebody else's"),
                     .generation = 1});
  rooms.on_presence({.kind = Kind::disconnected,
                     .client_id = *tayori::ClientId::parse("no/1/body"),
                     .generation = 1});
  store.time.pass(std::chrono::hours{1});
  rooms.sweep();
  EXPECT_THAT(pushed.sent, IsEmpty());
}

TEST_F(RoomsTest, lets_people_in_without_a_channel_until_one_can_be_had) {
  pushed.has_trouble = true;
  const auto visit = rooms.enter(room, ann);
  ASSERT_TRUE(visit);
  EXPECT_FALSE(visit->ticket);
  EXPECT_THAT(names_inside(), ElementsAre("ann"));
  const auto polled = rooms.poll(room, ann, EventNumber{}, {});
  ASSERT_TRUE(polled);
  EXPECT_FALSE(polled->ticket);
  EXPECT_EQ(polled->snapshot.last, EventNumber{1});
  pushed.has_trouble = false;
  EXPECT_TRUE(rooms.poll(room, ann, EventNumber{}, {})->ticket);
}

TEST(Lobby, greets_once) {
  StoreForTests store;
  ASSERT_TRUE(open_lobby(store.accounts, store.rooms, store.events, store.time.now()));
  ASSERT_TRUE(open_lobby(store.accounts, store.rooms, store.events, store.time.now()));
  const auto room = store.rooms.find(*Handle::parse("retro"), RoomNumber{1});
  ASSERT_TRUE(room);
  EXPECT_EQ(room->name, "ひろば / Lobby");
  EXPECT_EQ(store.rooms.list_for({})->size(), 1U);
  const auto snapshot = store.events.snapshot(room->id, {});
  EXPECT_EQ(snapshot->last, EventNumber{6});
  EXPECT_TRUE(snapshot->members.empty());
}

TEST_F(RoomsTest, refuses_who_may_not_enter_at_every_turn) {
  RoomSettings settings = settings_called("den");
  settings.entry = RoomEntry::closed;
  const Room closed = *store.rooms.add(ann, settings, store.time.now());
  EXPECT_EQ(rooms.enter(closed, bob).refusal(), Refusal::room_closed);
  EXPECT_EQ(rooms.poll(closed, bob, {}, {}).refusal(), Refusal::room_closed);
  EXPECT_EQ(rooms.speak(closed, bob, *Line::parse("hi")).refusal(), Refusal::room_closed);
  EXPECT_THAT(pushed.sent, IsEmpty());
  EXPECT_THAT(pushed.groups, IsEmpty());
}

TEST_F(RoomsTest, keeps_the_word_of_who_is_away_until_they_are_back) {
  ASSERT_TRUE(rooms.enter(room, bob));
  ASSERT_TRUE(rooms.step_away(room, bob, *ShortText::away_word("tea")));
  EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("line":"tea")"));
  EXPECT_EQ((*rooms.inside(room))[0].word, "tea");
  ASSERT_TRUE(rooms.come_back(room, bob, *ShortText::away_word("with cake")));
  EXPECT_THAT(pushed.sent.back().message, HasSubstr(R"("line":"with cake")"));
  EXPECT_EQ((*rooms.inside(room))[0].word, "");
}

TEST_F(RoomsTest, says_a_line_once_that_is_sent_twice) {
  const auto line = *Line::parse("hello");
  ASSERT_TRUE(rooms.speak(room, bob, line, Once::parse("a")));
  ASSERT_TRUE(rooms.speak(room, bob, line, Once::parse("a")));
  EXPECT_THAT(kinds(), ElementsAre(EventKind::enter, EventKind::speak));
  ASSERT_TRUE(rooms.speak(room, bob, line, Once::parse("b")));
  ASSERT_TRUE(rooms.speak(room, bob, *Line::parse("hello again"), Once::parse("a")));
  EXPECT_EQ(kinds().size(), 4U);
  const Room other = store.add_room(ann);
  ASSERT_TRUE(rooms.speak(other, bob, line, Once::parse("a")));
  EXPECT_EQ(store.events.snapshot(other.id, {})->events.back().line, "hello");
}

TEST_F(RoomsTest, pushes_the_member_list_once_a_sweep_after_somebody_moved) {
  ASSERT_TRUE(rooms.enter(room, bob));
  store.time.pass(std::chrono::milliseconds{1});
  ASSERT_TRUE(rooms.enter(room, ann));
  pushed.sent.clear();
  rooms.sweep();
  ASSERT_EQ(pushed.sent.size(), 1U);
  EXPECT_EQ(pushed.sent[0].group, "room/ann/1");
  EXPECT_THAT(pushed.sent[0].message,
              HasSubstr(R"({"notice":"members","last":2,"members":[{"who":"bob")"));
  ASSERT_TRUE(rooms.speak(room, bob, *Line::parse("hello")));
  pushed.sent.clear();
  rooms.sweep();
  EXPECT_THAT(pushed.sent, IsEmpty());
}

TEST_F(RoomsTest, does_not_push_a_member_list_that_no_message_can_hold) {
  for (std::size_t i = 0; i < limits::kMembersPerRoom; ++i) {
    const Account who = store.add_account("somebody-" + std::to_string(i));
    store.happen(room, who, EventKind::enter);
    std::string word;
    for (std::size_t c = 0; c < limits::kAwayWordChars; ++c) word += "\U0001F375";
    store.happen(room, who, EventKind::away, word);
  }
  ASSERT_TRUE(
      rooms.leave(room, store.accounts.find(*Handle::parse("somebody-0"))->value().account));
  pushed.sent.clear();
  rooms.sweep();
  EXPECT_THAT(pushed.sent, IsEmpty());
}

TEST_F(RoomsTest, gives_pages_time_to_come_back_to_a_tayori_that_stopped) {
  ASSERT_TRUE(rooms.enter(room, bob));
  edge(Kind::connected, bob);
  rooms.on_presence({.kind = Kind::disconnected,
                     .client_id = client_id_of(room, bob),
                     .reason = tayori::PresenceEdge::Reason::shutdown});
  store.time.pass(timing.liveness.leave_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), ElementsAre("bob"));
  store.time.pass(timing.liveness.restart_grace);
  rooms.sweep();
  EXPECT_THAT(names_inside(), IsEmpty());
}

TEST_F(RoomsTest, tells_which_rooms_somebody_is_in) {
  EXPECT_THAT(rooms.inhabited(), IsEmpty());
  const Room other = store.add_room(bob);
  (void)store.add_room(ann);
  for (const Account& who : {ann, bob}) ASSERT_TRUE(rooms.enter(room, who));
  ASSERT_TRUE(rooms.enter(other, ann));
  EXPECT_THAT(rooms.inhabited(), ElementsAre(group_of(room), group_of(other)));
}

}  // namespace
}  // namespace retrochat
