// A page that polls: one session over many answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "hub/http_page.h"
#include "session/poll_transport.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class PagePollTest : public HttpPagesTest {
 protected:
  /// What a page asks next that was told all that `page` was.
  static Asking next(const HttpPage& page, const std::string& its_token) {
    return {.token = its_token, .cursor = page.cursor(), .session = page.session()};
  }
  /// The whole of an answer that may be longer than what the pipe holds.
  std::vector<std::string> answer_of(HttpPage& page) {
    while (page.end().read() > 0) turn();
    return page.told();
  }
};

TEST_F(PagePollTest, hears_at_once_that_it_is_open) {
  start();
  HttpPage& page = http();
  EXPECT_THAT(polled(page, {.token = token("ann")}), ElementsAre("o e1-0 recovered"));
  EXPECT_EQ(sessions(), 0U) << "until its next poll";
  EXPECT_EQ(hub_->present(), 1U);
}

TEST_F(PagePollTest, gets_at_once_what_waits_behind_its_cursor) {
  start();
  const std::string ann = token("ann", {"room"});
  send("ann", "1");
  send_group("room", "2");
  broadcast("3");
  HttpPage& page = http();
  EXPECT_THAT(polled(page, {.token = ann}),
              ElementsAre("o e1-0 recovered", "m1 1", "m2 2", "m3 3"));
  EXPECT_THAT(polled(page, {.token = ann, .cursor = "e1-2"}),
              ElementsAre("o e1-2 recovered", "m3 3"));
}

TEST_F(PagePollTest, gets_a_message_as_soon_as_it_comes) {
  start();
  const std::string ann = token("ann", {"room"});
  std::string place = "e1-0";
  for (int i = 0; i < 3; ++i) {
    HttpPage& page = held({.token = ann, .cursor = place});
    const Sent sent = i == 0 ? send("ann", "x") : i == 1 ? send_group("room", "x") : broadcast("x");
    turn();
    EXPECT_THAT(page.told(), ElementsAre("o " + place + " recovered",
                                         "m" + to_base36(sent.cursor.sequence) + " x"));
    place = sent.cursor.text();
  }
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_F(PagePollTest, hears_in_the_end_that_there_is_nothing) {
  start();
  const std::string ann = token("ann");
  HttpPage& page = held({.token = ann, .cursor = "e1-0", .wait_s = 10});
  pass(9'999ms);
  EXPECT_THAT(page.told(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered"));
  page.ask("/poll", next(page, ann));
  turn();
  pass(24'999ms);
  EXPECT_THAT(page.told(), IsEmpty()) << "25 s when nothing else is said";
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered"));
  EXPECT_THAT(polled(page, {.token = ann, .cursor = "e1-0", .wait_s = 0}),
              ElementsAre("o e1-0 recovered"));
}

TEST_F(PagePollTest, is_not_held_for_longer_than_the_server_will) {
  start(with({}, {.poll_wait = 3s}));
  HttpPage& page = held({.token = token("ann"), .cursor = "e1-0", .wait_s = 25});
  pass(2'999ms);
  EXPECT_THAT(page.told(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered"));
}

TEST_F(PagePollTest, is_told_of_gaps) {
  start(with({.messages_per_topic = 2}));
  const std::string ann = token("ann");
  for (int i = 0; i < 5; ++i) send("ann", "x");
  HttpPage& page = http();
  EXPECT_THAT(polled(page, {.token = ann, .cursor = "e1-1"}),
              ElementsAre("o e1-1 lossy", "g e1-1 e1-3", "m4 x", "m5 x"));
  EXPECT_THAT(polled(page, {.token = ann, .cursor = "e0-z"}),
              ElementsAre("o e0-z lossy", "g e0-z e1-0", "g e1-0 e1-3", "m4 x", "m5 x"));
}

TEST_F(PagePollTest, of_a_foreign_epoch_is_answered_at_once_though_nothing_was_lost) {
  start();
  HttpPage& page = http();
  EXPECT_THAT(polled(page, {.token = token("ann"), .cursor = "e0-5"}),
              ElementsAre("o e0-5 lossy", "g e0-5 e1-0"));
}

TEST_F(PagePollTest, gets_everything_once_and_in_order_over_random_bursts) {
  base::Random random = base::Random::seeded(11);
  start(with({.messages_per_topic = 100'000}));
  const std::string ann = token("ann");
  HttpPage& page = http();
  Asking asking{.token = ann, .wait_s = 25};
  std::vector<Sequence> sent;
  std::uint64_t seen = 0;
  std::size_t full = 0;
  const auto burst = [&](std::uint64_t most) {
    const std::uint64_t count = random.below(most);
    const std::uint64_t size = random.below(5) == 0 ? 9'000 : 30;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::string number = std::to_string(sent.size());
      sent.push_back(send("ann", number + std::string(random.below(size), '"')).cursor.sequence);
    }
  };
  for (int round = 0; round < 150 || seen < sent.size(); ++round) {
    if (round < 100) burst(random.below(10) == 0 ? 1'500 : 20);
    page.ask("/poll", asking);
    turn();
    if (round < 150) burst(3);
    turn();
    auto told = answer_of(page);
    if (told.empty()) {
      pass(25s);
      told = answer_of(page);
    }
    ASSERT_FALSE(told.empty());
    ASSERT_LE(page.answer_bytes(), session::PollTransport::kBytesMax);
    ASSERT_LE(told.size(), session::PollTransport::kFramesMax);
    if (told.size() == session::PollTransport::kFramesMax || page.answer_bytes() > 900'000) ++full;
    for (std::size_t i = 1; i < told.size(); ++i) {
      ASSERT_LT(seen, sent.size());
      ASSERT_TRUE(told[i].starts_with("m" + to_base36(sent[seen]) + " " + std::to_string(seen)));
      ++seen;
    }
    asking = next(page, ann);
  }
  EXPECT_EQ(seen, sent.size());
  EXPECT_GT(full, 5U) << "the bounds were met";
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_F(PagePollTest, gets_a_message_that_takes_more_in_json_than_an_outbox_holds) {
  start(with({}, {.outbox_bytes = 40'000}));
  const std::string ann = token("ann");
  HttpPage& page = held({.token = ann, .cursor = "e1-0"});
  const std::string quotes(32'000, '"');
  send("ann", quotes);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "m2 " + quotes));
  send("ann", quotes);
  EXPECT_THAT(polled(page, next(page, ann)), SizeIs(2)) << "also one that waits already";
}

TEST_F(PagePollTest, is_present_between_its_polls_without_any_grace) {
  start({.history = {}, .session = {}, .presence_grace = 0ms});
  const std::string ann = token("ann");
  HttpPage& page = http();
  polled(page, {.token = ann});
  for (int i = 0; i < 5; ++i) {
    pass(4'999ms);
    page.ask("/poll", next(page, ann));
    turn();
    EXPECT_EQ(hub_->present(), 1U);
    pass(25s);
    EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered"));
  }
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(4'999ms);
  EXPECT_THAT(edges(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PagePollTest, has_the_longer_grace_time_between_its_polls) {
  start({.history = {}, .session = {}, .presence_grace = 30s});
  HttpPage& page = http();
  polled(page, {.token = token("ann")});
  pass(29'999ms);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PagePollTest, that_goes_while_it_is_held_is_lost_and_finds_what_it_missed) {
  start({.history = {}, .session = {}, .presence_grace = 1s});
  const std::string ann = token("ann");
  HttpPage& page = held({.token = ann, .cursor = "e1-0"});
  page.hang_up();
  turn();
  EXPECT_EQ(sessions(), 0U);
  EXPECT_EQ(send("ann", "x").sessions, 0U) << "nobody hears it now";
  pass(999ms);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  HttpPage& again = http();
  EXPECT_THAT(polled(again, {.token = ann, .cursor = "e1-0"}),
              ElementsAre("o e1-0 recovered", "m2 x"));
  pass(4'999ms);
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(PagePollTest, whose_answer_got_lost_asks_for_it_again) {
  start();
  const std::string ann = token("ann");
  const Asking asking{.token = ann, .cursor = "e1-0", .session = "word"};
  held(asking);
  send("ann", "x");
  turn();
  for (int i = 0; i < 3; ++i) {
    HttpPage& again = http();
    EXPECT_THAT(polled(again, asking), ElementsAre("o e1-0 recovered", "m2 x"));
    EXPECT_EQ(again.session(), "word");
  }
}

TEST_F(PagePollTest, may_have_its_next_poll_behind_the_one_that_is_held) {
  start();
  const Asking asking{.token = token("ann"), .cursor = "e1-0", .session = "word"};
  HttpPage& page = held(asking);
  page.ask("/poll", asking);
  turn();
  EXPECT_THAT(page.told(), IsEmpty()) << "it waits for its turn, and fences nobody off";
  send("ann", "x");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "m2 x", "o e1-0 recovered", "m2 x"));
}

TEST_F(PagePollTest, ends_with_its_token_while_it_is_held) {
  start();
  const std::string ann = token("ann", {}, 1min);
  clock_.advance(50s);
  HttpPage& page = held({.token = ann, .cursor = "e1-0"});
  HttpPage& other = held({.token = token("bob"), .cursor = "e1-0"});
  pass(9'999ms);
  EXPECT_THAT(page.told(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "e token_timed_out"));
  EXPECT_THAT(other.told(), IsEmpty());
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob", "-ann")) << "it is not expected back";
}

TEST_F(PagePollTest, is_answered_when_the_server_drains_with_what_is_there) {
  start();
  HttpPage& page = held({.token = token("ann"), .cursor = "e1-0"});
  for (int i = 0; i < 600; ++i) send("ann", "x");
  // The messages are handed over in the turn in which the drain comes.
  loop_hub().loop().post([this] { loop_hub().drain(); });
  turn();
  const auto told = page.told();
  ASSERT_THAT(told, SizeIs(500));
  EXPECT_EQ(told.back(), "e shutting_down");
  EXPECT_EQ(told[498], "m" + to_base36({1 + 498}) + " x") << "number 1 is its coming";
  EXPECT_EQ(sessions(), 0U);
}

TEST_F(PagePollTest, may_be_held_when_its_hub_goes) {
  start();
  HttpPage& page = held({.token = token("ann"), .cursor = "e1-0"});
  held({.token = token("bob"), .cursor = "e1-0"}).hang_up();
  send("ann", "in the inbox");
  hub_.reset();
  loops_.clear();
  EXPECT_THAT(page.told(), ElementsAre("end"));
}

}  // namespace
}  // namespace tayori::hub
