// How a page opens, comes back, and is told what it has missed.
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

class PageOpenTest : public HubTest {
 protected:
  void send_some(std::string_view client, int count) {
    for (int i = 0; i < count; ++i) send(client, "x");
  }
  /// What a page of `token` that names `cursor` is told.
  std::vector<std::string> told_upon(std::string_view token, std::string_view cursor = {}) {
    Browser& page = connect();
    page.open(token, cursor);
    turn();
    return page.told();
  }
};

TEST_F(PageOpenTest, gets_everything_sent_since_its_token_was_made_and_then_what_comes) {
  start();
  send("ann", "before");
  const std::string ann = token("ann", {"room"});
  send("ann", "own");
  send("bob", "not hers");
  broadcast("all");
  send_group("room", "group");
  send_group("other", "not hers");
  Browser& page = connect();
  page.open(ann);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-1 recovered", "m2 own", "m4 all", "m5 group"));
  send("ann", "live");
  send_group("room", "live");
  broadcast("live");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m8 live", "m9 live", "ma live"));
}

TEST_F(PageOpenTest, is_told_its_heartbeat_and_its_time) {
  start(with({}, {.heartbeat = 1'500ms}));
  const std::string ann = token("ann", {}, 2min);
  clock_.advance(500ms);
  Browser& page = connect();
  page.open(ann);
  turn();
  const auto frames = page.end().frames();
  ASSERT_EQ(frames.size(), 1U);
  const auto value = told_value(frames[0].data);
  EXPECT_EQ(value.at("heartbeat_s").as_int64(), 2);
  EXPECT_EQ(value.at("expires_in_s").as_int64(), 120);
  EXPECT_NE(value.at("session").as_string(), "");
}

TEST_F(PageOpenTest, opens_with_what_came_behind_its_upgrade_request) {
  start();
  const std::string ann = token("ann");
  send("ann", "hello");
  Browser page(loop_hub(), Browser::Pipe::wide,
               session::BrowserEnd::masked(net::Opcode::text, Browser::opening(ann)));
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "m1 hello"));
}

TEST_F(PageOpenTest, goes_on_at_its_cursor) {
  start();
  const std::string ann = token("ann");
  send_some("ann", 4);
  EXPECT_THAT(told_upon(ann, "e1-2"), ElementsAre("o e1-2 recovered", "m3 x", "m4 x"));
  EXPECT_THAT(told_upon(ann, "e1-4"), ElementsAre("o e1-4 recovered"));
}

TEST_F(PageOpenTest, misses_nothing_between_closing_and_opening_with_a_fresh_token) {
  start();
  send_some("ann", 4);
  const std::string fresh = token("ann");
  EXPECT_THAT(told_upon(fresh, "e1-2"), ElementsAre("o e1-2 recovered", "m3 x", "m4 x"));
}

TEST_F(PageOpenTest, does_not_hear_again_what_lies_at_or_before_a_cursor_beyond_the_head) {
  start();
  send("ann", "a");
  Browser& page = connect();
  page.open(token("ann"), "e1-4");
  turn();
  send_some("ann", 3);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-4 recovered", "m5 x"));
}

TEST_F(PageOpenTest, from_another_epoch_is_told_of_a_gap_and_gets_all_this_log_holds) {
  start();
  send_some("ann", 2);
  EXPECT_THAT(told_upon(token("ann"), "e0-z"),
              ElementsAre("o e0-z lossy", "g e0-z e1-0", "m1 x", "m2 x"));
}

TEST_F(PageOpenTest, from_another_epoch_is_told_of_what_this_log_has_lost_too) {
  start(with({.messages_per_topic = 2}));
  send_some("ann", 4);
  EXPECT_THAT(told_upon(token("ann"), "e0-z"),
              ElementsAre("o e0-z lossy", "g e0-z e1-0", "g e1-0 e1-2", "m3 x", "m4 x"));
}

TEST_F(PageOpenTest, is_told_of_lost_history_before_what_is_left) {
  start(with({.messages_per_topic = 2}));
  const std::string ann = token("ann");
  send_some("ann", 5);
  EXPECT_THAT(told_upon(ann, "e1-1"), ElementsAre("o e1-1 lossy", "g e1-1 e1-3", "m4 x", "m5 x"));
  EXPECT_THAT(told_upon(ann, "e1-3"), ElementsAre("o e1-3 recovered", "m4 x", "m5 x"));
}

TEST_F(PageOpenTest, is_told_of_a_gap_where_the_order_passes_it) {
  start(with({.messages_per_topic = 2}));
  const std::string ann = token("ann");
  broadcast("held");
  send_some("ann", 3);
  EXPECT_THAT(told_upon(ann),
              ElementsAre("o e1-0 lossy", "m1 held", "g e1-0 e1-2", "m3 x", "m4 x"));
}

TEST_F(PageOpenTest, is_told_of_a_gap_when_nothing_is_left_and_still_goes_on) {
  start(with({.age = 600s}));
  const std::string ann = token("ann");
  send_some("ann", 2);
  pass(601s);
  Browser& page = connect();
  page.open(ann);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 lossy", "g e1-0 e1-2"));
  send("ann", "live");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m4 live"));
}

TEST_F(PageOpenTest, is_not_told_of_losses_of_what_it_does_not_hear) {
  start(with({.messages_per_topic = 1}));
  const std::string ann = token("ann");
  send_some("bob", 5);
  send_group("room", "x");
  send_group("room", "x");
  EXPECT_THAT(told_upon(ann), ElementsAre("o e1-0 recovered"));
}

TEST_F(PageOpenTest, reads_a_long_history_to_its_end) {
  start();
  const std::string ann = token("ann");
  send_some("ann", 1'000);
  const auto told = told_upon(ann);
  ASSERT_EQ(told.size(), 1'001U);
  EXPECT_EQ(told[1], "m1 x");
  EXPECT_EQ(told[1'000], "mrs x");
}

TEST_F(PageOpenTest, leaves_its_loop_to_others_after_each_page_of_a_long_history) {
  start();
  const std::string ann = token("ann");
  for (int i = 0; i < 900; ++i) send("ann", std::string(300, 'x'));
  Browser& page = connect();
  page.open(ann);
  // The browser takes all there is, at once: room alone does not end a turn.
  for (std::size_t read = 0; read < 270'000;) {
    ASSERT_GT(loop_hub().loop().context().poll_one(), 0U);
    const std::size_t in_one_turn = page.end().read();
    EXPECT_LT(in_one_turn, 100'000U);
    read += in_one_turn;
  }
}

TEST_F(PageOpenTest, without_a_good_token_is_told_so_and_closed) {
  start();
  EXPECT_THAT(told_upon("nonsense"), ElementsAre("e invalid_token", "close 4401"));
  const std::string old = token("ann", {}, 1min);
  clock_.advance(60s);
  EXPECT_THAT(told_upon(old), ElementsAre("e token_timed_out", "close 4402"));
  EXPECT_THAT(told_upon(token("ann"), "nonsense"), ElementsAre("e invalid_cursor", "close 4400"));
  EXPECT_THAT(edges(), IsEmpty());
  EXPECT_EQ(loop_hub().counters().sessions_opened.value(), 0U);
}

TEST_F(PageOpenTest, is_closed_when_no_token_comes_in_ten_seconds) {
  start();
  Browser& page = connect();
  page.say("h");
  turn();
  pass(9'999ms);
  EXPECT_THAT(page.told(), IsEmpty());
  page.say("h");
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("e not_authenticated", "close 4407"));
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(PageOpenTest, may_leave_before_it_has_opened) {
  start();
  Browser& orderly = connect();
  orderly.say("c");
  turn();
  EXPECT_THAT(orderly.told(), ElementsAre("close 1000"));
  connect().hang_up();
  turn();
  EXPECT_EQ(loop_hub().loop().traffic().websockets_open.value(), 1U);
  orderly.hang_up();
  turn();
  EXPECT_EQ(loop_hub().loop().traffic().websockets_open.value(), 0U);
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(PageOpenTest, catches_up_through_an_outbox_smaller_than_a_page_of_the_log) {
  start(with({}, {.outbox_bytes = 40'000}));
  const std::string ann = token("ann");
  for (int i = 0; i < 100; ++i) send("ann", std::string(10'000, 'x'));
  Browser& page = connect();
  page.open(ann);
  turn();
  const auto told = drained(page);
  ASSERT_EQ(told.size(), 101U) << told.back().substr(0, 20);
  EXPECT_TRUE(told.back().starts_with("m2s x"));
  EXPECT_EQ(send("ann", "live").sessions, 1U);
}

TEST_F(PageOpenTest, gets_a_message_as_large_as_its_outbox) {
  start(with({}, {.outbox_bytes = 32'831}));
  const std::string ann = token("ann");
  for (int i = 0; i < 3; ++i) send("ann", std::string(32'767, 'x'));
  EXPECT_EQ(told_upon(ann).size(), 4U);
}

TEST_F(PageOpenTest, is_told_of_a_gap_once_though_what_follows_does_not_fit_at_once) {
  start(with({.messages_per_topic = 1}, {.outbox_bytes = 32'831}));
  const std::string ann = token("ann");
  for (int i = 0; i < 2; ++i) send("ann", std::string(32'767, 'x'));
  const auto told = told_upon(ann);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[1], "g e1-0 e1-1");
  EXPECT_TRUE(told[2].starts_with("m2 x"));
}

TEST_F(PageOpenTest, catches_up_by_its_own_pace_and_is_told_of_each_gap_once) {
  start(with({.messages_per_topic = 100}, {.outbox_bytes = 40'000}));
  const std::string ann = token("ann");
  for (int i = 0; i < 200; ++i) send("ann", std::string(1'000, 'x'));
  Browser& page = connect(0, Browser::Pipe::narrow);
  page.open(ann);
  turn();
  const auto told = drained(page);
  ASSERT_EQ(told.size(), 102U);
  EXPECT_EQ(told[0], "o e1-0 lossy");
  EXPECT_EQ(told[1], "g e1-0 e1-2s");
  EXPECT_TRUE(told[2].starts_with("m2t x"));
}

}  // namespace
}  // namespace tayori::hub
