#include "tayori/payload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

TEST(Payload, takes_one_byte_to_the_limit) {
  EXPECT_EQ(Payload::parse("a")->size(), 1U);
  EXPECT_TRUE(Payload::parse(std::string(32'767, 'a')));
  EXPECT_FALSE(Payload::parse(std::string(32'768, 'a')));
}

TEST(Payload, refuses_the_empty_message_as_the_old_service_did) {
  EXPECT_EQ(Payload::parse("").error().code, ErrorCode::invalid_message);
}

TEST(Payload, is_carried_byte_for_byte) {
  const std::string text = "\0\r\n\x1F\x7F\xC2\x85 便り"s;
  EXPECT_EQ(Payload::parse(text)->text(), text);
}

TEST(Payload, refuses_what_is_not_utf8) {
  EXPECT_FALSE(Payload::parse("\xC0\x80"));
  EXPECT_FALSE(Payload::parse("a\xE4\xBE"));
}

TEST(Payload, takes_another_limit) {
  EXPECT_TRUE(Payload::parse(std::string(40'000, 'a'), limits::kMessageBytesCeiling));
  EXPECT_FALSE(Payload::parse("abc", 2));
}

TEST(Payload, says_which_rule_is_broken_and_quotes_nothing) {
  EXPECT_THAT(Payload::parse("").error().detail, HasSubstr("empty"));
  EXPECT_THAT(Payload::parse("secret", 5).error().detail, HasSubstr("longer than 5 bytes"));
  EXPECT_THAT(Payload::parse("secret\xFF").error().detail, HasSubstr("UTF-8"));
  EXPECT_THAT(Payload::parse("secret\xFF").error().detail, testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace tayori
