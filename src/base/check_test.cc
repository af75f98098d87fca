#include "base/check.h"

#include <gtest/gtest.h>

namespace {

TEST(Check, lets_true_conditions_pass_and_reads_them_once) {
  int reads = 0;
  CHECK(++reads == 1, "it is evaluated once");
  EXPECT_EQ(reads, 1);
}

TEST(CheckDeathTest, aborts_where_the_condition_does_not_hold) {
  EXPECT_EXIT(CHECK(1 + 1 == 3, "sums are right"), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
