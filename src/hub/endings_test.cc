#include "hub/endings.h"

#include <gtest/gtest.h>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;

class EndingsTest : public testing::Test {
 protected:
  Endings endings_{2};
  Endings::Time now_{1h};
};

TEST_F(EndingsTest, tells_who_comes_back_from_before) {
  endings_.end("ann", {5}, "good night", now_);
  EXPECT_EQ(endings_.of("ann", {4}), "good night");
  EXPECT_EQ(endings_.of("ann", {5}), std::nullopt) << "it was opened after it";
  EXPECT_EQ(endings_.of("bob", {4}), std::nullopt);
}

TEST_F(EndingsTest, tells_the_newest_of_several) {
  endings_.end("ann", {5}, "first", now_);
  endings_.end("ann", {9}, "second", now_);
  EXPECT_EQ(endings_.of("ann", {6}), "second");
}

TEST_F(EndingsTest, lets_pages_come_back_once_one_has_opened_anew) {
  endings_.end("ann", {5}, "", now_);
  EXPECT_EQ(endings_.of("ann", {1}), "");
  endings_.forget("ann");
  endings_.forget("ann");
  EXPECT_EQ(endings_.of("ann", {1}), std::nullopt);
}

TEST_F(EndingsTest, remembers_for_an_hour_and_so_many) {
  endings_.end("ann", {1}, "", now_);
  endings_.end("bob", {2}, "", now_ + 1s);
  endings_.end("cid", {3}, "", now_ + 2s);
  EXPECT_EQ(endings_.of("ann", {0}), std::nullopt) << "the oldest made room";
  endings_.expire(now_ + 1s + 1h);
  EXPECT_EQ(endings_.of("bob", {0}), "");
  endings_.expire(now_ + 1s + 1h + 1ms);
  EXPECT_EQ(endings_.of("bob", {0}), std::nullopt);
  EXPECT_EQ(endings_.of("cid", {0}), "");
}

}  // namespace
}  // namespace tayori::hub
