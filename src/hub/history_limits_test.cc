// A page whose place history no longer reaches, whichever limit it was that took what it missed: it is told of the gap,
// gets what is left, and goes on live.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

struct Limit {
  const char* name;
  broker::HistoryLimits limits;
  std::uint64_t broker::Evictions::*evictions;
  /// How much later than the three before it the fourth message is sent.
  std::chrono::seconds pause{0};
};

// A message of one byte counts 263 bytes with its frame and bookkeeping.
const Limit kLimits[] = {
    {"age", {.age = 600s}, &broker::Evictions::age, 601s},
    {"messages_per_topic", {.messages_per_topic = 1}, &broker::Evictions::messages_per_topic},
    {"bytes_per_topic", {.bytes_per_topic = 400}, &broker::Evictions::bytes_per_topic},
    {"bytes", {.bytes = 400}, &broker::Evictions::bytes},
};

class HistoryLimit : public HubTest, public testing::WithParamInterface<Limit> {
 protected:
  /// Numbers 1 to 3 are gone, 4 is held.
  void lose_three() {
    for (int i = 0; i < 3; ++i) send("ann", "x");
    clock_.advance(GetParam().pause);
    send("ann", "x");
    EXPECT_EQ(hub_->held().messages, 1U);
    EXPECT_EQ(hub_->held().evictions.*GetParam().evictions, 3U);
  }
  /// Number 5 is the coming of `page`.
  void expect_live(Browser& page) {
    send("ann", "live");
    turn();
    EXPECT_THAT(page.told(), ElementsAre("m6 live"));
  }
};

TEST_P(HistoryLimit, leaves_a_gap_to_a_bookmark_that_is_older_and_the_page_goes_on_live) {
  start(with(GetParam().limits));
  const std::string ann = token("ann");
  lose_three();
  Browser& page = connect();
  page.open(ann);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 lossy", "g e1-0 e1-3", "m4 x"));
  expect_live(page);
}

TEST_P(HistoryLimit, leaves_a_gap_to_a_page_that_comes_back_too_late) {
  start(with(GetParam().limits));
  const std::string ann = token("ann");
  lose_three();
  Browser& page = connect();
  page.open(ann, "e1-2");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-2 lossy", "g e1-2 e1-3", "m4 x"));
  expect_live(page);
}

TEST_P(HistoryLimit, leaves_none_to_a_page_that_comes_back_in_time) {
  start(with(GetParam().limits));
  const std::string ann = token("ann");
  lose_three();
  Browser& page = connect();
  page.open(ann, "e1-3");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-3 recovered", "m4 x"));
  expect_live(page);
}

TEST_P(HistoryLimit, is_told_of_once_more_to_a_page_of_another_epoch) {
  start(with(GetParam().limits));
  lose_three();
  Browser& page = connect();
  page.open(token("ann"), "e0-7");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e0-7 lossy", "g e0-7 e1-0", "g e1-0 e1-3", "m4 x"));
  expect_live(page);
}

INSTANTIATE_TEST_SUITE_P(Each, HistoryLimit, testing::ValuesIn(kLimits),
                         [](const auto& limit) { return std::string(limit.param.name); });

class HistoryOfTopics : public HubTest {};

TEST_F(HistoryOfTopics, is_not_shortened_by_the_bytes_of_another_topic) {
  start(with({.bytes_per_topic = 3'000}));
  const std::string ann = token("ann", {"room"});
  send("ann", "own");
  broadcast("all");
  for (int i = 0; i < 10; ++i) send_group("room", std::string(1'000, 'x'));
  Browser& page = connect();
  page.open(ann);
  turn();
  const auto told = page.told();
  ASSERT_EQ(told.size(), 6U);
  EXPECT_EQ(told[1], "m1 own");
  EXPECT_EQ(told[2], "m2 all");
  EXPECT_EQ(told[3], "g e1-0 e1-a");
}

TEST_F(HistoryOfTopics, has_room_by_default_for_as_many_of_the_longest_messages_as_it_may_hold) {
  start();
  const std::size_t messages = broker::HistoryLimits{}.messages_per_topic;
  for (std::size_t i = 0; i < messages; ++i) send("ann", std::string(limits::kMessageBytes, 'x'));
  EXPECT_EQ(hub_->held().messages, messages);
}

}  // namespace
}  // namespace tayori::hub
