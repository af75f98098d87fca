// A page on server-sent events, from its opening to its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/http_page.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class PageStreamTest : public HttpPagesTest {
 protected:
  /// A page that reads nothing, and messages of 1,000 bytes for it, from number 2 on, that do not fit into its pipe.
  HttpPage& behind(int messages) {
    HttpPage& page = stream({.token = token("ann")}, 0, HttpPage::Pipe::narrow);
    for (int i = 0; i < messages; ++i) {
      send("ann", std::string(1'000, 'x'));
      if (i % 10 == 0) turn();
    }
    turn();
    return page;
  }
  /// All that `page` is told, read until nothing more comes.
  std::vector<std::string> drained(HttpPage& page) {
    std::vector<std::string> all;
    for (int quiet = 0; quiet < 3;) {
      quiet = page.end().read() > 0 ? 0 : quiet + 1;
      for (std::string& one : page.told()) all.push_back(std::move(one));
      turn();
    }
    return all;
  }
  static void expect_messages(const std::vector<std::string>& told, std::uint64_t first,
                              std::uint64_t last) {
    ASSERT_EQ(told.size(), last - first + 1);
    for (std::uint64_t i = 0; i < told.size(); ++i)
      ASSERT_TRUE(told[i].starts_with("m" + to_base36({first + i}) + " ")) << told[i].substr(0, 9);
  }
};

TEST_F(PageStreamTest, gets_what_was_sent_since_its_token_and_what_comes) {
  start();
  send("ann", "before");
  const std::string ann = token("ann", {"room"});
  send("ann", "1");
  send_group("room", "2");
  send_group("another", "not hers");
  HttpPage& page = http();
  page.ask("/sse", {.token = ann});
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-1 recovered", "m2 1", "m3 2"));
  broadcast("3");
  send("bob", "not hers");
  EXPECT_EQ(send("ann", "4").sessions, 1U);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m6 3", "m8 4"));
  EXPECT_EQ(page.cursor(), "e1-8");
}

TEST_F(PageStreamTest, goes_on_from_its_cursor) {
  start();
  const std::string ann = token("ann");
  for (int i = 0; i < 5; ++i) send("ann", "x");
  HttpPage& page = http();
  page.ask("/sse", {.token = ann, .cursor = "e1-3"});
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-3 recovered", "m4 x", "m5 x"));
}

TEST_F(PageStreamTest, is_told_of_a_gap) {
  start(with({.messages_per_topic = 2}));
  const std::string ann = token("ann");
  for (int i = 0; i < 5; ++i) send("ann", "x");
  HttpPage& page = http();
  page.ask("/sse", {.token = ann});
  HttpPage& foreign = http();
  foreign.ask("/sse", {.token = ann, .cursor = "e0-9"});
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 lossy", "g e1-0 e1-3", "m4 x", "m5 x"));
  EXPECT_THAT(foreign.told(),
              ElementsAre("o e0-9 lossy", "g e0-9 e1-0", "g e1-0 e1-3", "m4 x", "m5 x"));
  EXPECT_EQ(foreign.cursor(), "e1-5");
}

TEST_F(PageStreamTest, hears_a_comment_when_nothing_else_was_said_for_half_a_heartbeat) {
  start();
  HttpPage& page = stream({.token = token("ann")});
  pass(1ms);
  pass(12'498ms);
  send("ann", "x");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 x"));
  pass(1ms);
  pass(12'499ms);
  EXPECT_THAT(page.told(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("h"));
}

TEST_F(PageStreamTest, stays_though_nothing_is_ever_heard_of_it) {
  start();
  HttpPage& page = stream({.token = token("ann")});
  for (int i = 0; i < 100; ++i) {
    pass(1ms);
    pass(12'500ms);
    EXPECT_THAT(page.told(), ElementsAre("h"));
  }
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_F(PageStreamTest, ends_with_its_token) {
  start();
  HttpPage& page = stream({.token = token("ann", {}, 1min)});
  pass(59'999ms);
  EXPECT_THAT(page.told(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("e token_timed_out", "end"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
}

TEST_F(PageStreamTest, is_lost_when_it_goes) {
  start();
  HttpPage& page = stream({.token = token("ann")});
  page.hang_up();
  turn();
  EXPECT_EQ(sessions(), 0U);
  EXPECT_EQ(send("ann", "x").sessions, 0U);
  pass(4'999ms);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PageStreamTest, that_is_behind_holds_little_and_loses_nothing) {
  start();
  HttpPage& page = behind(900);
  const std::uint64_t handed_over = loop_hub().counters().deliveries.value();
  EXPECT_GE(handed_over, 60U);
  EXPECT_LE(handed_over, 80U) << "64 KiB, and what the pipe holds";
  expect_messages(drained(page), 2, 901);
  send("ann", "live again");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("mp2 live again"));
  EXPECT_EQ(loop_hub().counters().deliveries.value(), 901U) << "each handed over once";
}

TEST_F(PageStreamTest, that_is_behind_gets_messages_longer_than_what_may_wait) {
  start();
  HttpPage& page = behind(100);
  // Each line takes a line of its own in the stream.
  for (int i = 0; i < 3; ++i) send("ann", std::string(32'000, '\n'));
  turn();
  const auto told = drained(page);
  ASSERT_EQ(told.size(), 103U);
  for (std::size_t i = 100; i < 103; ++i) EXPECT_EQ(told[i].size(), 32'000U + 4);
}

TEST_F(PageStreamTest, that_is_behind_is_told_of_what_the_log_has_lost_meanwhile) {
  start(with({.messages_per_topic = 100}));
  HttpPage& page = behind(900);
  const auto told = drained(page);
  ASSERT_GT(told.size(), 150U);
  const std::size_t before = told.size() - 101;
  EXPECT_LT(before, 81U);
  EXPECT_EQ(told[before], "g e1-" + to_base36({1 + before}) + " e1-" + to_base36({801}));
  expect_messages({told.begin() + static_cast<std::ptrdiff_t>(before) + 1, told.end()}, 802, 901);
}

TEST_F(PageStreamTest, stays_while_it_takes_anything) {
  start();
  HttpPage& page = behind(200);
  std::vector<std::string> told;
  for (int i = 0; i < 10; ++i) {
    pass(40s);
    page.end().read(1);
    turn();
    for (std::string& one : page.told()) told.push_back(std::move(one));
  }
  for (std::string& one : drained(page)) told.push_back(std::move(one));
  std::erase(told, "h");
  expect_messages(told, 2, 201);
}

TEST_F(PageStreamTest, is_ended_when_it_takes_nothing_for_two_heartbeats) {
  start();
  HttpPage& page = behind(200);
  pass(1ms);
  pass(49'999ms);
  EXPECT_EQ(sessions(), 1U);
  pass(1ms);
  EXPECT_EQ(sessions(), 0U);
  EXPECT_EQ(loop_hub().counters().refused(ErrorCode::heartbeat_lost).value(), 1U);
  const auto told = drained(page);
  ASSERT_GE(told.size(), 2U);
  EXPECT_EQ(told[told.size() - 2], "e heartbeat_lost");
  EXPECT_EQ(told.back(), "end");
  EXPECT_THAT(edges(), ElementsAre("+ann")) << "it may come back";
}

TEST_F(PageStreamTest, is_told_to_come_back_when_the_server_drains) {
  start();
  HttpPage& page = stream({.token = token("ann")});
  HttpPage& slow = behind(100);
  loop_hub().drain();
  turn();
  EXPECT_EQ(page.told().back(), "end");
  const auto told = drained(slow);
  EXPECT_EQ(told.at(told.size() - 2), "e shutting_down");
  EXPECT_LT(told.size(), 50U);
  EXPECT_EQ(sessions(), 0U);
}

TEST_F(PageStreamTest, reads_from_the_log_what_the_inbox_had_to_throw_away) {
  start();
  HttpPage& page = stream({.token = token("ann")});
  send("ann", "1");
  const TopicRef nobody =
      std::make_shared<const broker::Topic>(broker::Topic::of(*ClientId::parse("nobody")));
  const auto flood = session::Envelope::message({1}, "x");
  for (std::size_t i = 0; i < Inbox::kParcels; ++i) loop_hub().inbox().push(nobody, flood);
  send("ann", "2");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 1", "m3 2"));
}

TEST_F(PageStreamTest, may_be_there_when_its_hub_goes) {
  start();
  stream({.token = token("bob")});
  HttpPage& page = behind(100);
  send("ann", "in the inbox");
  hub_.reset();
  loops_.clear();
  EXPECT_NE(page.end().read(), 0U);
}

}  // namespace
}  // namespace tayori::hub
