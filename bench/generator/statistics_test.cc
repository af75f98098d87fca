#include "generator/statistics.h"

#include <gtest/gtest.h>

namespace tayori::bench {
namespace {

TEST(Statistics, median_is_the_middle_value_whatever_the_order) {
  EXPECT_EQ(median(std::vector{9, 1, 5}), 5);
  EXPECT_EQ(median(std::vector{4, 1, 3, 2}), 3);
  EXPECT_EQ(median(std::vector{7}), 7);
}

TEST(Statistics, percentiles_reach_from_the_least_to_the_greatest) {
  std::vector<int> values;
  for (int i = 0; i <= 100; ++i) values.push_back(100 - i);
  EXPECT_EQ(percentile(values, 0.0), 0);
  EXPECT_EQ(percentile(values, 0.99), 99);
  EXPECT_EQ(percentile(values, 1.0), 100);
}

}  // namespace
}  // namespace tayori::bench
