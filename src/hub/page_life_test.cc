// How an open page is renewed, kept alive, and ended.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class PageLifeTest : public HubTest {};

TEST_F(PageLifeTest, is_renewed_in_its_place_and_repeats_nothing) {
  start();
  Browser& page = open("ann");
  send("ann", "a");
  turn();
  clock_.advance(5s);
  const std::string fresh = token("ann", {}, 240min);
  send("ann", "b");
  page.open(fresh);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 a", "m3 b", "o e1-3 recovered"));
  send("ann", "c");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m4 c"));
  pass(1ms);
  pass(121min);
  EXPECT_THAT(page.told(), ElementsAre("e heartbeat_lost", "close 4410")) << "not timed out";
}

TEST_F(PageLifeTest, names_a_place_in_its_renewal_that_what_was_told_before_has_reached) {
  start();
  Browser& page = open("ann");
  page.open(token("ann"));
  send("ann", "a");
  turn();
  const auto told = page.told();
  const bool is_after = told == std::vector<std::string>{"m2 a", "o e1-2 recovered"};
  const bool is_before = told == std::vector<std::string>{"o e1-1 recovered", "m2 a"};
  EXPECT_TRUE(is_after || is_before) << testing::PrintToString(told);
}

TEST_F(PageLifeTest, names_the_head_in_its_renewal_when_nothing_before_it_was_for_the_page) {
  start();
  const std::string ann = token("ann");
  for (int i = 0; i < 3; ++i) send("bob", "x");
  Browser& page = connect();
  page.open(ann);
  page.open(token("ann"));
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "o e1-4 recovered"));
}

TEST_F(PageLifeTest, lives_as_long_as_its_newest_token) {
  start();
  Browser& page = open("ann");
  page.open(token("ann", {}, 1min));
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-1 recovered"));
  pass(60s);
  EXPECT_THAT(page.told(), ElementsAre("e token_timed_out", "close 4402"));
}

TEST_F(PageLifeTest, is_not_renewed_by_another_clients_token) {
  start();
  Browser& page = open("ann");
  page.open(token("bob"));
  turn();
  EXPECT_THAT(page.told(), ElementsAre("e invalid_token", "close 4401"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
}

TEST_F(PageLifeTest, is_not_renewed_by_a_bad_token) {
  start();
  Browser& page = open("ann");
  page.open("nonsense");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("e invalid_token", "close 4401"));
}

TEST_F(PageLifeTest, ends_in_the_second_in_which_its_token_does) {
  start();
  Browser& page = connect();
  page.open(token("ann", {}, 1min));
  turn();
  page.told();
  pass(30s);
  page.say("h");
  turn();
  pass(29'999ms);
  EXPECT_THAT(page.told(), ElementsAre("h"));
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("e token_timed_out", "close 4402"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann")) << "it is not expected back";
}

TEST_F(PageLifeTest, hears_a_heartbeat_when_nothing_else_was_said_for_half_of_one) {
  start();
  Browser& page = open("ann");
  pass(1ms);
  pass(12s);
  EXPECT_THAT(page.told(), IsEmpty());
  send("ann", "x");
  turn();
  pass(500ms);
  pass(12'499ms);
  page.say("h");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 x"));
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("h"));
}

TEST_F(PageLifeTest, is_lost_when_nothing_was_heard_for_two_heartbeats) {
  start();
  Browser& page = open("ann");
  pass(1ms);
  pass(49'999ms);
  EXPECT_THAT(page.told(), ElementsAre("h"));
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("e heartbeat_lost", "close 4410"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(5s);
  EXPECT_THAT(edges(), ElementsAre("-ann")) << "after the grace time: it may come back";
}

TEST_F(PageLifeTest, stays_while_it_says_anything_at_all) {
  start();
  Browser& page = open("ann");
  for (int i = 0; i < 20; ++i) {
    pass(40s);
    if (i % 2 == 0) {
      page.say("h");
    } else {
      page.end().ping("alive");
    }
    turn();
  }
  for (const std::string& told : page.told()) EXPECT_TRUE(told == "h" || told == "pong alive");
}

TEST_F(PageLifeTest, leaves_in_order_at_once) {
  start();
  Browser& with_c = open("ann");
  with_c.say("c");
  turn();
  EXPECT_THAT(with_c.told(), ElementsAre("close 1000"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  Browser& with_close = open("ann");
  with_close.end().close(1001);
  turn();
  EXPECT_THAT(with_close.told(), ElementsAre("close 1001"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
}

TEST_F(PageLifeTest, is_lost_without_a_word_and_may_come_back) {
  start();
  Browser& page = open("ann");
  page.hang_up();
  turn();
  pass(4s);
  open("ann");
  pass(10s);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_F(PageLifeTest, hears_nothing_that_another_page_of_its_client_does_not) {
  start({}, 2);
  Browser& first = open("ann");
  Browser& second = open("ann", {}, 1);
  EXPECT_EQ(send("ann", "x").sessions, 2U);
  turn();
  EXPECT_THAT(first.told(), ElementsAre("m2 x"));
  EXPECT_THAT(second.told(), ElementsAre("m2 x"));
  first.say("c");
  turn();
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  EXPECT_EQ(send("ann", "y").sessions, 1U);
  second.say("c");
  turn();
  EXPECT_THAT(edges(), ElementsAre("-ann"));
  EXPECT_EQ(send("ann", "z").sessions, 0U);
}

TEST_F(PageLifeTest, that_breaks_the_protocol_is_told_so_and_closed) {
  start();
  Browser& page = open("ann");
  page.say("x");
  page.say("h");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("e protocol_error", "close 1002"));
  EXPECT_EQ(loop_hub().counters().refused(ErrorCode::protocol_error).value(), 1U);
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 0U);
}

TEST_F(PageLifeTest, gets_all_messages_of_a_turn_in_one_write) {
  start();
  Browser& page = connect(0, Browser::Pipe::packets);
  page.open(token("ann"));
  turn();
  page.told();
  const std::size_t before = page.end().writes();
  for (int i = 0; i < 50; ++i) {
    send("ann", "x");
    broadcast("y");
  }
  turn();
  EXPECT_EQ(page.told().size(), 100U);
  EXPECT_EQ(page.end().writes(), before + 2) << "64 frames a write";
}

TEST_F(PageLifeTest, counts_what_it_does) {
  start();
  Browser& page = open("ann");
  send("ann", "x");
  broadcast("y");
  turn();
  LoopCounters& counters = loop_hub().counters();
  EXPECT_EQ(counters.sessions_open.value(), 1U);
  EXPECT_EQ(counters.sessions_opened.value(), 1U);
  EXPECT_EQ(counters.deliveries.value(), 2U);
  EXPECT_EQ(hub_->present(), 1U);
  page.say("c");
  turn();
  EXPECT_EQ(counters.sessions_open.value(), 0U);
  EXPECT_EQ(hub_->present(), 0U);
}

}  // namespace
}  // namespace tayori::hub
