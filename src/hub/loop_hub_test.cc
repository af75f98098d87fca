// What the pages of one loop do to one another: nothing.
#include "hub/loop_hub.h"

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

class LoopHubTest : public HubTest {
 protected:
  /// Opens a page that reads nothing more than its `o`.
  Browser& open_stuck(std::string_view client) {
    Browser& page = connect(0, Browser::Pipe::narrow);
    page.open(token(client));
    turn();
    EXPECT_EQ(page.told().size(), 1U);
    return page;
  }
  static std::size_t messages(const std::vector<std::string>& told) {
    return static_cast<std::size_t>(std::count_if(
        told.begin(), told.end(), [](const std::string& one) { return one.starts_with('m'); }));
  }
};

TEST_F(LoopHubTest, ends_a_page_that_does_not_read_and_no_other) {
  start(with({}, {.outbox_bytes = 100'000}));
  std::vector<Browser*> others;
  for (int i = 0; i < 5; ++i) others.push_back(&open("other"));
  Browser& stuck = open_stuck("ann");
  for (int i = 0; i < 5; ++i) others.push_back(&open("other"));

  std::vector<std::size_t> seen(others.size());
  for (int i = 0; i < 200; ++i) {
    broadcast(std::string(1'000, 'x'));
    turn();
    for (std::size_t k = 0; k < others.size(); ++k) seen[k] += messages(others[k]->told());
  }
  EXPECT_THAT(seen, testing::Each(200U));
  EXPECT_EQ(loop_hub().counters().refused(ErrorCode::too_slow).value(), 1U);
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 10U);

  const auto told = drained(stuck);
  EXPECT_LT(messages(told), 100U);
  ASSERT_GE(told.size(), 2U);
  EXPECT_EQ(told[told.size() - 2], "e too_slow");
  EXPECT_EQ(told.back(), "close 4429");
}

TEST_F(LoopHubTest, tells_a_page_that_chokes_within_one_turn_why) {
  start(with({}, {.outbox_bytes = 100'000}));
  Browser& stuck = open_stuck("ann");
  for (int i = 0; i < 10'000; ++i) send("ann", "hello");
  turn();
  const auto told = drained(stuck);
  ASSERT_GE(told.size(), 2U);
  EXPECT_EQ(told[told.size() - 2], "e too_slow");
}

TEST_F(LoopHubTest, lets_a_page_that_was_too_slow_come_back_and_read_on) {
  start(with({.messages_per_topic = 300}, {.outbox_bytes = 100'000}));
  Browser& stuck = open_stuck("ann");
  for (int i = 0; i < 200; ++i) send("ann", std::string(1'000, 'x'));
  turn();
  const std::size_t had = messages(drained(stuck));
  Browser& again = connect();
  // Behind the coming of the page, which is number 1.
  const std::string place = Cursor{"e1", {1 + had}}.text();
  again.open(token("ann"), place);
  turn();
  const auto told = drained(again);
  EXPECT_EQ(told.at(0), "o " + place + " recovered");
  EXPECT_EQ(messages(told) + had, 200U);
  pass(10s);
  EXPECT_THAT(edges(), ElementsAre("+ann")) << "it was never away";
}

TEST_F(LoopHubTest, answers_the_ping_of_a_page_that_reads_slowly) {
  start();
  Browser& stuck = open_stuck("ann");
  for (int i = 0; i < 100; ++i) send("ann", std::string(1'000, 'x'));
  turn();
  stuck.end().ping("alive?");
  turn();
  EXPECT_THAT(drained(stuck), testing::Contains("pong alive?"));
}

TEST_F(LoopHubTest, tells_every_page_to_come_back_when_it_drains) {
  start();
  Browser& open_page = open("ann");
  Browser& arriving = connect();
  Browser& stuck = open_stuck("bob");
  for (int i = 0; i < 100; ++i) send("bob", std::string(1'000, 'x'));
  turn();
  loop_hub().drain();
  EXPECT_TRUE(loop_hub().is_draining());
  turn();
  EXPECT_THAT(open_page.told(), ElementsAre("e shutting_down", "close 1012"));
  EXPECT_THAT(arriving.told(), ElementsAre("e shutting_down", "close 1012"));
  const auto told = drained(stuck);
  EXPECT_EQ(told.back(), "close 1012");
  EXPECT_LT(messages(told), 100U) << "the log keeps the rest";
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob")) << "they will be back";
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 0U);
}

TEST_F(LoopHubTest, turns_a_page_away_that_comes_while_it_drains) {
  start();
  loop_hub().drain();
  const std::string opening = Browser::opening(token("ann"));
  for (const auto pipe : {session::BrowserEnd::Pipe::stream, session::BrowserEnd::Pipe::tcp}) {
    session::BrowserEnd browser(pipe);
    browser.say(opening);
    loop_hub().adopt(browser.server_end(loop_hub().loop()), {});
    while (browser.end() == Browser::End::none) {
      turn();
      browser.read();
    }
    EXPECT_EQ(browser.end(), Browser::End::orderly) << "a reset may take the reason with it";
    std::vector<std::string> told;
    for (const auto& frame : browser.frames()) told.push_back(hub::told(frame));
    EXPECT_THAT(told, ElementsAre("e shutting_down", "close 1012"));
  }
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(LoopHubTest, reads_from_the_log_what_its_inbox_had_to_throw_away) {
  start();
  Browser& ann = open("ann");
  Browser& bob = open("bob", {"room"});
  send("ann", "1");
  send_group("room", "2");
  // A flood of what nobody here hears overruns the inbox, and takes the messages with it.
  const TopicRef nobody =
      std::make_shared<const broker::Topic>(broker::Topic::of(*ClientId::parse("nobody")));
  const auto flood = session::Envelope::message({1}, "x");
  for (std::size_t i = 0; i < Inbox::kParcels; ++i) loop_hub().inbox().push(nobody, flood);
  broadcast("3");
  turn();
  EXPECT_THAT(ann.told(), ElementsAre("m3 1", "m5 3"));
  EXPECT_THAT(bob.told(), ElementsAre("m4 2", "m5 3"));
  send("ann", "4");
  turn();
  EXPECT_THAT(ann.told(), ElementsAre("m6 4")) << "it hears on";
  EXPECT_EQ(send("ann", "5").sessions, 1U);
}

TEST_F(LoopHubTest, tells_of_a_gap_when_the_log_has_lost_what_the_inbox_threw_away) {
  start(with({.messages_per_topic = 2}));
  Browser& ann = open("ann");
  send("ann", "0");
  turn();
  for (std::size_t i = 0; i < 5; ++i) send("ann", "x");
  const TopicRef nobody =
      std::make_shared<const broker::Topic>(broker::Topic::of(*ClientId::parse("nobody")));
  const auto flood = session::Envelope::message({1}, "x");
  for (std::size_t i = 0; i < Inbox::kParcels; ++i) loop_hub().inbox().push(nobody, flood);
  turn();
  EXPECT_THAT(ann.told(), ElementsAre("m2 0", "g e1-2 e1-5", "m6 x", "m7 x"));
  EXPECT_EQ(loop_hub().counters().gaps.value(), 1U);
}

TEST_F(LoopHubTest, may_be_destroyed_with_pages_in_every_state) {
  start();
  open("ann");
  connect();
  Browser& stuck = open_stuck("bob");
  for (int i = 0; i < 100; ++i) send("bob", std::string(1'000, 'x'));
  turn();
  Browser& leaving = open("cid");
  leaving.say("c");
  loop_hub().loop().context().poll_one();
  send("ann", "in the inbox");
  hub_.reset();
  loops_.clear();
  EXPECT_NE(stuck.end().read(), 0U);
}

}  // namespace
}  // namespace tayori::hub
