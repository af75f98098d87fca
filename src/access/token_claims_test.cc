#include "access/token_claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "tayori/limits.h"

namespace tayori::access {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;
using testing::HasSubstr;

const system_clock::time_point kNow{seconds{1'800'000'000}};

Result<TokenClaims> decode(std::string_view payload) {
  const auto parse = base::parse_json(payload);
  EXPECT_TRUE(parse) << parse.error;
  return decode_claims(parse.value->as_object(), kNow);
}

/// `members` beside the claims that every token has.
Result<TokenClaims> decode_with(const std::string& members) {
  return decode(R"({"sub":"ann","exp":1800000060,)" + members + "}");
}

TEST(TokenClaims, writes_a_payload_of_the_protocols_claims) {
  const TokenClaims claims{
      *ClientId::parse("便\"り"), kNow,
      kNow + seconds{60},         "abc",
      *Cursor::parse("e1-2s"),    {*GroupName::parse("a"), *GroupName::parse("b c")}};
  EXPECT_EQ(
      encode_claims(claims),
      R"({"sub":"便\"り","iat":1800000000,"exp":1800000060,"jti":"abc","cur":"e1-2s","grp":["a","b c"]})");
}

TEST(TokenClaims, leaves_out_what_there_is_not) {
  const TokenClaims claims{*ClientId::parse("ann"), kNow, kNow + seconds{60}, "abc"};
  EXPECT_EQ(encode_claims(claims),
            R"({"sub":"ann","iat":1800000000,"exp":1800000060,"jti":"abc"})");
}

TEST(TokenClaims, reads_what_it_wrote) {
  const TokenClaims claims{*ClientId::parse("便り"), kNow,
                           kNow + seconds{60},       "abc",
                           *Cursor::parse("e1-2s"),  {*GroupName::parse("a")}};
  const auto read = decode(encode_claims(claims));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->client_id, claims.client_id);
  EXPECT_EQ(read->issued_at, claims.issued_at);
  EXPECT_EQ(read->expires_at, claims.expires_at);
  EXPECT_EQ(read->id, claims.id);
  EXPECT_EQ(read->bookmark, claims.bookmark);
  EXPECT_EQ(read->groups, claims.groups);
}

TEST(TokenClaims, needs_only_sub_and_exp) {
  const auto claims = decode(R"({"sub":"ann","exp":1800000060})");
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->issued_at, system_clock::time_point());
  EXPECT_EQ(claims->id, "");
  EXPECT_EQ(claims->bookmark, std::nullopt);
  EXPECT_TRUE(claims->groups.empty());
  EXPECT_THAT(decode(R"({"exp":1800000060})").error().detail, HasSubstr("no sub"));
  EXPECT_THAT(decode(R"({"sub":"ann"})").error().detail, HasSubstr("no exp"));
}

TEST(TokenClaims, ignores_claims_it_does_not_know) {
  EXPECT_TRUE(decode_with(R"("iss":"https://example.org","aud":["x"],"deep":{"a":[1]})"));
}

TEST(TokenClaims, rounds_times_down_to_whole_seconds) {
  const auto claims = decode(R"({"sub":"ann","exp":1800000060.9,"iat":1.5e9})");
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->expires_at, kNow + seconds{60});
  EXPECT_EQ(claims->issued_at, system_clock::time_point(seconds{1'500'000'000}));
}

TEST(TokenClaims, refuses_times_that_are_none) {
  for (const auto* time : {"\"1800000060\"", "-1", "1e300", "9000000001", "null", "true", "[1]",
                           "18446744073709551615", "-9223372036854775808"}) {
    const auto claims = decode(R"({"sub":"ann","exp":)" + std::string(time) + "}");
    ASSERT_FALSE(claims) << time;
    EXPECT_EQ(claims.error().code, ErrorCode::invalid_token);
    EXPECT_FALSE(decode_with(R"("iat":)" + std::string(time))) << time;
    EXPECT_FALSE(decode_with(R"("nbf":)" + std::string(time))) << time;
  }
  EXPECT_TRUE(decode(R"({"sub":"ann","exp":9000000000})"));
  EXPECT_TRUE(decode(R"({"sub":"ann","exp":0})"));
}

TEST(TokenClaims, allows_other_clocks_to_be_a_minute_ahead) {
  for (const auto* name : {"iat", "nbf"}) {
    const std::string member = "\"" + std::string(name) + "\":";
    EXPECT_TRUE(decode_with(member + "1800000060")) << name;
    EXPECT_THAT(decode_with(member + "1800000061").error().detail, HasSubstr("in the future"));
  }
}

TEST(TokenClaims, leaves_expiry_to_the_caller) { EXPECT_TRUE(decode(R"({"sub":"ann","exp":1})")); }

TEST(TokenClaims, refuses_a_sub_that_is_no_client_id) {
  for (const auto* sub : {"\"\"", "\"a\\nb\"", "\"\\u0000\"", "1", "null", "[\"ann\"]"}) {
    const auto claims = decode(R"({"exp":1800000060,"sub":)" + std::string(sub) + "}");
    ASSERT_FALSE(claims) << sub;
    EXPECT_EQ(claims.error().code, ErrorCode::invalid_token);
  }
  EXPECT_FALSE(decode(R"({"exp":1800000060,"sub":")" + std::string(257, 'a') + "\"}"));
}

TEST(TokenClaims, refuses_a_bookmark_that_is_no_cursor) {
  for (const auto* place : {"\"\"", "\"e1\"", "\"E1-1\"", "\"e1-01\"", "7", "null"}) {
    EXPECT_FALSE(decode_with(R"("cur":)" + std::string(place))) << place;
  }
}

TEST(TokenClaims, refuses_an_id_that_is_no_text) {
  for (const auto* id : {"7", "null", "{}"}) {
    EXPECT_FALSE(decode_with(R"("jti":)" + std::string(id))) << id;
  }
}

TEST(TokenClaims, takes_at_most_64_groups_each_with_a_good_name) {
  const auto array = [](std::size_t count) {
    std::string text = R"("grp":[)";
    for (std::size_t i = 0; i < count; ++i)
      text += (i > 0 ? ",\"g" : "\"g") + std::to_string(i) + "\"";
    return text + "]";
  };
  EXPECT_EQ(decode_with(array(limits::kGroupsPerClient))->groups.size(), limits::kGroupsPerClient);
  EXPECT_FALSE(decode_with(array(limits::kGroupsPerClient + 1)));
  EXPECT_TRUE(decode_with(R"("grp":[])")->groups.empty());
  for (const auto* groups : {"\"a\"", "[1]", "[\"\"]", "[\"a\\tb\"]", "null", "{}"}) {
    EXPECT_FALSE(decode_with(R"("grp":)" + std::string(groups))) << groups;
  }
}

}  // namespace
}  // namespace tayori::access
