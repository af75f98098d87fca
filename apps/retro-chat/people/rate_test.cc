#include "people/rate.h"

#include <gtest/gtest.h>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using std::chrono::seconds;

TEST(Rate, lets_so_many_through_in_a_window) {
  ManualClock time;
  Rate rate(2, seconds{10});
  EXPECT_TRUE(rate.take("ann", time.now()));
  EXPECT_TRUE(rate.take("ann", time.now()));
  EXPECT_FALSE(rate.take("ann", time.now()));
  EXPECT_TRUE(rate.take("bob", time.now()));
  time.pass(seconds{10});
  EXPECT_TRUE(rate.take("ann", time.now()));
}

TEST(Rate, lets_nobody_wait_for_a_clock_that_was_set_back) {
  ManualClock time;
  Rate rate(1, seconds{10});
  EXPECT_TRUE(rate.take("ann", time.now()));
  time.pass(-std::chrono::hours{1});
  EXPECT_TRUE(rate.take("ann", time.now()));
  EXPECT_FALSE(rate.take("ann", time.now()));
}

TEST(Rate, takes_counts_back) {
  ManualClock time;
  Rate rate(1, seconds{10});
  EXPECT_TRUE(rate.take("ann", time.now()));
  rate.give_back("ann");
  EXPECT_TRUE(rate.take("ann", time.now()));
  rate.give_back("nobody");
}

TEST(Rate, forgets_the_oldest_key_when_full) {
  ManualClock time;
  Rate rate(1, std::chrono::hours{1});
  EXPECT_TRUE(rate.take("oldest", time.now()));
  time.pass(seconds{1});
  for (std::size_t i = 0; i < limits::kRateKeys; ++i)
    EXPECT_TRUE(rate.take(std::to_string(i), time.now()));
  EXPECT_FALSE(rate.take(std::to_string(limits::kRateKeys - 1), time.now()));
  EXPECT_TRUE(rate.take("oldest", time.now()));
}

}  // namespace
}  // namespace retrochat
