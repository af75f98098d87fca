#include "report/figure.h"

#include <gtest/gtest.h>

namespace tayori::bench {
namespace {

Figure ratio_with_goal(double goal) {
  return {.key = "k",
          .what = "w",
          .goal = goal,
          .goal_unit = "",
          .unit = "µs",
          .tayori = {2, 9, 6},
          .bare_loop = {1, 3, 4}};
}

TEST(Figure, compares_within_a_round_before_it_takes_the_median) {
  EXPECT_DOUBLE_EQ(ratio_with_goal(2).measured(), 2);
  EXPECT_DOUBLE_EQ(ratio_with_goal(2).best_to_best(), 2);
}

TEST(Figure, is_met_up_to_and_including_its_goal) {
  EXPECT_TRUE(ratio_with_goal(2).is_met());
  EXPECT_FALSE(ratio_with_goal(1.99).is_met());
}

TEST(Figure, with_a_unit_is_held_against_its_own_value) {
  Figure bytes{
      .key = "k", .what = "w", .goal = 750, .goal_unit = "bytes", .unit = "bytes", .tayori = {700}};
  EXPECT_DOUBLE_EQ(bytes.measured(), 700);
  EXPECT_TRUE(bytes.is_met());
}

}  // namespace
}  // namespace tayori::bench
