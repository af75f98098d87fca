#include "server/config_near_miss.h"

#include <gtest/gtest.h>

#include <vector>

namespace tayori::server {
namespace {

TEST(NearMiss, counts_insertions_deletions_replacements_and_swaps) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("loops", "loop"), 1u);
  EXPECT_EQ(edit_distance("loops", "lops"), 1u);
  EXPECT_EQ(edit_distance("loops", "laops"), 1u);
  EXPECT_EQ(edit_distance("loops", "losop"), 2u);
  EXPECT_EQ(edit_distance("loops", "olops"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

TEST(NearMiss, offers_the_nearest_name_but_nothing_far_fetched) {
  const std::vector<std::string> names{"listen", "prefix", "origins"};
  EXPECT_EQ(near_miss("origin", names), "origins");
  EXPECT_EQ(near_miss("lisetn", names), "listen");
  EXPECT_EQ(near_miss("colour", names), std::nullopt);
  EXPECT_EQ(near_miss("", names), std::nullopt);
  EXPECT_EQ(near_miss(std::string(1'000, 'x'), names), std::nullopt);
}

}  // namespace
}  // namespace tayori::server
