#include "access/rate_limit.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace tayori::access {
namespace {

using namespace std::chrono_literals;

/// How many may be taken at once.
std::size_t takable(RateLimit& limit, std::string_view name) {
  std::size_t taken = 0;
  while (limit.take(name) == 0ns) ++taken;
  return taken;
}

TEST(RateLimit, gives_a_minutes_worth_at_once_and_no_more) {
  for (const std::size_t per_minute : {1U, 2U, 7U, 60U, 99'999U, 100'000U}) {
    base::ManualClock clock;
    RateLimit limit({.per_minute = per_minute}, clock);
    EXPECT_EQ(takable(limit, "ann"), per_minute);
  }
}

TEST(RateLimit, fills_up_evenly) {
  base::ManualClock clock;
  RateLimit limit({.per_minute = 60}, clock);
  EXPECT_EQ(takable(limit, "ann"), 60U);
  clock.advance(999ms);
  EXPECT_EQ(takable(limit, "ann"), 0U);
  clock.advance(1ms);
  EXPECT_EQ(takable(limit, "ann"), 1U);
  clock.advance(30s);
  EXPECT_EQ(takable(limit, "ann"), 30U);
  clock.advance(24h);
  EXPECT_EQ(takable(limit, "ann"), 60U) << "it does not overflow";
}

TEST(RateLimit, says_when_to_come_again) {
  base::ManualClock clock;
  RateLimit limit({.per_minute = 2}, clock);
  EXPECT_EQ(takable(limit, "ann"), 2U);
  EXPECT_EQ(limit.take("ann"), 30s);
  clock.advance(10s);
  EXPECT_EQ(limit.take("ann"), 20s) << "who asks in vain waits no longer for it";
  clock.advance(20s);
  EXPECT_EQ(limit.take("ann"), 0s);
  EXPECT_EQ(limit.take("ann"), 30s);
}

TEST(RateLimit, counts_each_name_for_itself) {
  base::ManualClock clock;
  RateLimit limit({.per_minute = 3}, clock);
  EXPECT_EQ(takable(limit, "ann"), 3U);
  EXPECT_EQ(takable(limit, "bob"), 3U);
  EXPECT_EQ(takable(limit, ""), 3U);
  EXPECT_EQ(takable(limit, "ann"), 0U);
}

TEST(RateLimit, forgets_who_asked_longest_ago) {
  base::ManualClock clock;
  RateLimit limit({.per_minute = 1, .names = 2}, clock);
  EXPECT_EQ(takable(limit, "ann"), 1U);
  EXPECT_EQ(takable(limit, "bob"), 1U);
  EXPECT_EQ(takable(limit, "ann"), 0U) << "and has asked last by that";
  EXPECT_EQ(takable(limit, "eve"), 1U);
  EXPECT_EQ(takable(limit, "ann"), 0U);
  EXPECT_EQ(takable(limit, "bob"), 1U) << "was forgotten";
}

TEST(RateLimit, remembers_no_more_names_than_it_may) {
  base::ManualClock clock;
  RateLimit limit({.per_minute = 1, .names = 100}, clock);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(limit.take(std::to_string(i)), 0s);
  EXPECT_EQ(limit.names(), 100U);
  EXPECT_EQ(takable(limit, "999"), 0U);
  EXPECT_EQ(takable(limit, "899"), 1U);
}

TEST(RateLimit, may_be_asked_from_several_threads) {
  base::ManualClock clock;
  RateLimit limit({.per_minute = 1'000, .names = 2}, clock);
  std::vector<std::size_t> taken(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < taken.size(); ++i)
    threads.emplace_back([&, i] { taken[i] = takable(limit, "ann"); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken[0] + taken[1] + taken[2] + taken[3], 1'000U);
}

}  // namespace
}  // namespace tayori::access
