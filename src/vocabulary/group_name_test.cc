#include "tayori/group_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tayori/limits.h"

namespace tayori {
namespace {

using testing::HasSubstr;

TEST(GroupName, takes_one_byte_to_the_limit) {
  EXPECT_EQ(GroupName::parse("部屋 1")->text(), "部屋 1");
  EXPECT_TRUE(GroupName::parse(std::string(limits::kGroupNameBytes, 'a')));
  EXPECT_FALSE(GroupName::parse(std::string(limits::kGroupNameBytes + 1, 'a')));
  EXPECT_FALSE(GroupName::parse(""));
}

TEST(GroupName, says_which_rule_is_broken) {
  EXPECT_EQ(GroupName::parse("").error().code, ErrorCode::invalid_group);
  EXPECT_THAT(GroupName::parse("").error().detail, HasSubstr("empty"));
  EXPECT_THAT(GroupName::parse(std::string(129, 'a')).error().detail, HasSubstr("128"));
  EXPECT_THAT(GroupName::parse("\xFF").error().detail, HasSubstr("UTF-8"));
  EXPECT_THAT(GroupName::parse("a\tb").error().detail, HasSubstr("control character"));
  EXPECT_THAT(GroupName::parse("\xC2\x85").error().detail, HasSubstr("control character"));
}

}  // namespace
}  // namespace tayori
