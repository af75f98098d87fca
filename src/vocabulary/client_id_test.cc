#include "tayori/client_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unordered_set>

#include "tayori/limits.h"

namespace tayori {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

TEST(ClientId, takes_one_byte_to_the_limit) {
  EXPECT_EQ(ClientId::parse("a")->text(), "a");
  EXPECT_TRUE(ClientId::parse(std::string(limits::kClientIdBytes, 'a')));
  EXPECT_FALSE(ClientId::parse(std::string(limits::kClientIdBytes + 1, 'a')));
  EXPECT_FALSE(ClientId::parse(""));
}

TEST(ClientId, counts_bytes_not_characters) {
  std::string text;
  for (int i = 0; i < 85; ++i) text += "便";
  EXPECT_TRUE(ClientId::parse(text + "a"));
  EXPECT_FALSE(ClientId::parse(text + "ab"));
}

TEST(ClientId, is_opaque) {
  for (const auto* text : {" ", "a b", "user/7?x=1&y#z", "\"\\", "ann@example.org", "é", "📮"}) {
    EXPECT_TRUE(ClientId::parse(text)) << text;
  }
}

TEST(ClientId, refuses_control_characters) {
  for (const auto& text : {"\0"s, "a\n"s, "\x1F"s, "\x7F"s, "\xC2\x80"s, "a\xC2\x9F"s}) {
    EXPECT_EQ(ClientId::parse(text).error().code, ErrorCode::invalid_client_id);
  }
  EXPECT_TRUE(ClientId::parse("\xC2\xA0"));
}

TEST(ClientId, refuses_what_is_not_utf8) {
  for (const auto* text : {"\xFF", "a\xC3", "\xED\xA0\x80"}) EXPECT_FALSE(ClientId::parse(text));
}

TEST(ClientId, says_which_rule_is_broken) {
  EXPECT_THAT(ClientId::parse("").error().detail, HasSubstr("empty"));
  EXPECT_THAT(ClientId::parse(std::string(257, 'a')).error().detail, HasSubstr("256"));
  EXPECT_THAT(ClientId::parse("\xFF").error().detail, HasSubstr("UTF-8"));
  EXPECT_THAT(ClientId::parse("\n").error().detail, HasSubstr("control character"));
}

TEST(ClientId, is_ordered_and_hashed_by_its_text) {
  EXPECT_LT(*ClientId::parse("a"), *ClientId::parse("b"));
  EXPECT_EQ(*ClientId::parse("a"), *ClientId::parse("a"));
  std::unordered_set<ClientId> set{*ClientId::parse("a"), *ClientId::parse("a")};
  EXPECT_EQ(set.size(), 1U);
}

}  // namespace
}  // namespace tayori
