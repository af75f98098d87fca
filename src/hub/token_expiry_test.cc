// When a live page's token runs out: to the second, by the wall clock, whatever that is set to.
//
// A token says at which moment of the world it ends, and every node has to agree on that: so the wall clock counts, and
// one that is set takes the end with it. Silence is measured on the steady clock, which nobody sets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;
using testing::ElementsAre;
using testing::IsEmpty;

class TokenExpiryTest : public HubTest {
 protected:
  Browser& open_for(std::chrono::minutes life) {
    Browser& page = connect();
    page.open(token("ann", {}, life));
    turn();
    page.told();
    return page;
  }

  /// Sweeps as the loop's timer does, until the page is told that its token has timed out; what it was told else.
  /// The page says now and then that it is there.
  std::vector<std::string> live_out(Browser& page) {
    std::vector<std::string> told_before;
    for (int sweeps = 0; sweeps < 100'000; ++sweeps) {
      page.say("h");
      turn();
      pass(net::Loop::kSweepInterval);
      const auto told = page.told();
      if (told == std::vector<std::string>{"e token_timed_out", "close 4402"}) return told_before;
      told_before.insert(told_before.end(), told.begin(), told.end());
    }
    ADD_FAILURE() << "it was never told";
    return told_before;
  }
  /// The same, of which everything but heartbeats is of interest.
  std::vector<std::string> live_out_quietly(Browser& page) {
    auto told = live_out(page);
    std::erase(told, "h");
    return told;
  }

  void expect_told_in_the_second_of(system_clock::time_point end) {
    EXPECT_GE(clock_.wall(), end) << "not before";
    EXPECT_LT(clock_.wall(), end + 1s) << "within the second";
  }
  static std::string opened(Browser& page) {
    const auto texts = page.end().texts();
    return texts.size() == 1 && texts[0].starts_with("o") ? texts[0] : "";
  }
};

/// How far into a second a page opens, and so where the loop's sweeps fall.
class TokenExpiryAtPhase : public TokenExpiryTest,
                           public testing::WithParamInterface<std::chrono::milliseconds> {};

TEST_P(TokenExpiryAtPhase, is_told_in_the_second_in_which_the_token_runs_out_and_not_before) {
  start();
  const auto whole_second = clock_.wall();
  clock_.advance(GetParam());
  Browser& page = open_for(1min);
  EXPECT_THAT(live_out_quietly(page), IsEmpty());
  expect_told_in_the_second_of(whole_second + 1min);
}

TEST_P(TokenExpiryAtPhase, is_moved_by_a_renewal_up_to_the_last_instant) {
  start();
  Browser& page = open_for(1min);
  const auto first_end = clock_.wall() + 1min;
  pass(30s);
  page.say("h");
  turn();
  pass(29s + GetParam());
  page.open(token("ann", {}, 1min));
  turn();
  EXPECT_THAT(page.told(), ElementsAre("h", "o e1-1 recovered"));
  EXPECT_THAT(live_out_quietly(page), IsEmpty());
  expect_told_in_the_second_of(first_end - 1s + 1min);
}

TEST_P(TokenExpiryAtPhase, lets_a_page_hear_what_is_sent_up_to_its_end) {
  start();
  Browser& page = open_for(1min);
  clock_.advance(59s + GetParam());
  send("ann", "last");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 last"));
}

INSTANTIATE_TEST_SUITE_P(Phases, TokenExpiryAtPhase, testing::Values(0ms, 1ms, 250ms, 499ms, 999ms),
                         [](const auto& phase) { return std::to_string(phase.param.count()); });

TEST_F(TokenExpiryTest, comes_at_once_when_the_wall_clock_is_set_beyond_it) {
  start();
  Browser& page = open_for(60min);
  pass(1s);
  clock_.set_wall(clock_.wall() + 2h);
  EXPECT_THAT(live_out(page), IsEmpty()) << "at the next sweep";
  Browser& again = open("ann");
  send("ann", "back");
  turn();
  EXPECT_THAT(again.told(), ElementsAre("m4 back")) << "a token of the new time is good";
}

TEST_F(TokenExpiryTest, comes_nearer_when_the_wall_clock_is_set_forward) {
  start();
  const auto end = clock_.wall() + 60min;
  Browser& page = open_for(60min);
  clock_.set_wall(clock_.wall() + 59min);
  const auto steady = clock_.steady();
  EXPECT_THAT(live_out_quietly(page), IsEmpty());
  expect_told_in_the_second_of(end);
  EXPECT_LE(clock_.steady() - steady, 61s);
}

TEST_F(TokenExpiryTest, waits_for_a_wall_clock_that_is_set_back) {
  start();
  const auto end = clock_.wall() + 1min;
  Browser& page = open_for(1min);
  pass(30s);
  clock_.set_wall(clock_.wall() - 10min);
  const auto steady = clock_.steady();
  EXPECT_THAT(live_out_quietly(page), IsEmpty());
  expect_told_in_the_second_of(end);
  EXPECT_GE(clock_.steady() - steady, 10min + 30s);
}

TEST_F(TokenExpiryTest, is_told_to_the_page_by_the_wall_clock_as_it_is) {
  start();
  const std::string made_before = token("ann", {}, 10min);
  clock_.set_wall(clock_.wall() + 4min + 500ms);
  Browser& page = connect();
  page.open(made_before);
  turn();
  EXPECT_THAT(opened(page), testing::HasSubstr("\"expires_in_s\":360"));
}

TEST_F(TokenExpiryTest, leaves_silence_to_the_steady_clock) {
  start();
  Browser& page = open_for(1'440min);
  for (const auto change : {10h, -20h, 10h}) {
    clock_.set_wall(clock_.wall() + change);
    pass(1ms);
    EXPECT_THAT(page.told(), IsEmpty()) << "neither a heartbeat nor an end";
  }
  pass(25s);
  EXPECT_THAT(page.told(), ElementsAre("h"));
  pass(25s);
  EXPECT_THAT(page.told(), ElementsAre("e heartbeat_lost", "close 4410"));
}

TEST_F(TokenExpiryTest, goes_by_renewals_after_the_wall_clock_was_set_back) {
  start();
  Browser& page = open_for(1min);
  clock_.set_wall(clock_.wall() - 10min);
  const auto end = clock_.wall() + 2min;
  page.open(token("ann", {}, 2min));
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-1 recovered"));
  EXPECT_THAT(live_out_quietly(page), IsEmpty());
  expect_told_in_the_second_of(end);
}

TEST_F(TokenExpiryTest, is_not_asked_of_a_token_that_the_new_time_has_not_made_yet) {
  start();
  const std::string made_before = token("ann");
  clock_.set_wall(clock_.wall() - 60s);
  Browser& page = connect();
  page.open(made_before);
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered")) << "clocks may differ by a minute";
  clock_.set_wall(clock_.wall() - 1s);
  Browser& later = connect();
  later.open(made_before);
  turn();
  EXPECT_THAT(later.told(), ElementsAre("e invalid_token", "close 4401"));
  pass(1s);
  Browser& in_time = connect();
  in_time.open(made_before);
  turn();
  EXPECT_THAT(in_time.told(), ElementsAre("o e1-0 recovered"));
}

}  // namespace
}  // namespace tayori::hub
