#include "run/goals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace tayori::bench {
namespace {

/// Rounds in which nothing was measured twice, so that a line shows whose samples it has.
RoundSamples rounds_that_differ() {
  return {.tayori = {.one_at_a_time = {1}, .latency_p50 = {2}, .latency_p99 = {3}},
          .bare_loop = {.one_at_a_time = {4}, .latency_p50 = {5}, .latency_p99 = {6}},
          .open = {7},
          .ten_in_flight = {8},
          .post = {9},
          .batch = {10}};
}

Figure line(const std::string& key) {
  const auto lines = held_against_goals(rounds_that_differ(), {});
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.key == key; });
  if (found == lines.end()) throw std::runtime_error("no line " + key);
  return *found;
}

TEST(Goals, hold_every_way_to_send_against_the_bare_loop_one_at_a_time) {
  EXPECT_EQ(line("broadcast_one_at_a_time").ratios(), Samples{1 / 4.});
  EXPECT_EQ(line("broadcast_ten_in_flight").ratios(), Samples{8 / 4.});
  EXPECT_EQ(line("post_to_delivery").ratios(), Samples{9 / 4.});
  EXPECT_EQ(line("batch_of_32").ratios(), Samples{10 / 4.});
}

TEST(Goals, hold_latencies_against_those_of_the_bare_loop) {
  EXPECT_EQ(line("latency_p50").ratios(), Samples{2 / 5.});
  EXPECT_EQ(line("latency_p99").ratios(), Samples{3 / 6.});
}

TEST(Goals, give_every_line_a_key_of_its_own_and_samples) {
  std::vector<std::string> keys;
  for (const auto& line : held_against_goals(rounds_that_differ(), {})) {
    EXPECT_FALSE(line.tayori.empty()) << line.key;
    keys.push_back(line.key);
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

}  // namespace
}  // namespace tayori::bench
