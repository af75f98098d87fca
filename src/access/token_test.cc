#include "access/token.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/base64.h"

namespace tayori::access {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::system_clock;

const std::string kKey(32, 'k');
const std::string kOtherKey(32, 'o');
const system_clock::time_point kNow{seconds{1'800'000'000}};
constexpr auto kHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr auto kPayload = R"({"sub":"ann","exp":1800000060})";

Tokens tokens_with(const std::string& key, const std::optional<std::string>& previous = {}) {
  return Tokens(*TokenKeys::of(key, previous));
}

TokenClaims claims() {
  return {*ClientId::parse("ann"),    kNow, kNow + minutes{120}, "abc", *Cursor::parse("e1-2s"),
          {*GroupName::parse("room")}};
}

/// A token as a backend would make it, whatever header and payload say.
std::string minted(std::string_view header, std::string_view payload,
                   const std::string& key = kKey) {
  const std::string text = base::base64url_encode(header) + "." + base::base64url_encode(payload);
  return text + "." + base::base64url_encode(base::HmacSha256(key).sign(text));
}

ErrorCode refusal(std::string_view token, const Tokens& tokens = tokens_with(kKey)) {
  const auto read = tokens.verify(token, kNow);
  EXPECT_FALSE(read) << token;
  return read ? ErrorCode::internal_error : read.error().code;
}

TEST(Tokens, reads_what_it_signed) {
  const Tokens tokens = tokens_with(kKey);
  const auto read = tokens.verify(tokens.sign(claims()), kNow);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->client_id.text(), "ann");
  EXPECT_EQ(read->issued_at, kNow);
  EXPECT_EQ(read->expires_at, kNow + minutes{120});
  EXPECT_EQ(read->id, "abc");
  EXPECT_EQ(read->bookmark, *Cursor::parse("e1-2s"));
  ASSERT_EQ(read->groups.size(), 1U);
  EXPECT_EQ(read->groups[0].text(), "room");
}

TEST(Tokens, signs_a_jwt_that_names_its_key) {
  const std::string token = tokens_with(kKey).sign(claims());
  const auto header = base::base64url_decode(token.substr(0, token.find('.')));
  EXPECT_EQ(header, R"({"alg":"HS256","kid":")" + TokenKeys::of(kKey)->current().kid() +
                        R"(","typ":"JWT"})");
}

TEST(Tokens, reads_the_token_of_rfc_7515_appendix_a_1) {
  const auto key = base::base64url_decode(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  const Tokens tokens = tokens_with(*key);
  // Signed well, but it has no sub: so the signature is what passed.
  const auto read = tokens.verify(
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
      "fQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
      kNow);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().detail, "The token has no sub.");
}

TEST(Tokens, is_good_until_the_second_it_expires) {
  const Tokens tokens = tokens_with(kKey);
  const std::string token = tokens.sign(claims());
  const auto end = kNow + minutes{120};
  EXPECT_TRUE(tokens.verify(token, end - milliseconds{1}));
  ASSERT_FALSE(tokens.verify(token, end));
  EXPECT_EQ(tokens.verify(token, end).error().code, ErrorCode::token_timed_out);
}

TEST(Tokens, calls_an_expired_token_invalid_when_it_was_not_ours) {
  const std::string token = tokens_with(kOtherKey).sign(claims());
  EXPECT_EQ(tokens_with(kKey).verify(token, kNow + minutes{500}).error().code,
            ErrorCode::invalid_token);
}

TEST(Tokens, accepts_the_previous_key_but_signs_with_the_current_one) {
  const std::string old = tokens_with(kKey).sign(claims());
  const Tokens rotated = tokens_with(kOtherKey, kKey);
  EXPECT_TRUE(rotated.verify(old, kNow));
  EXPECT_EQ(rotated.sign(claims()), tokens_with(kOtherKey).sign(claims()));
  EXPECT_EQ(refusal(old, tokens_with(kOtherKey)), ErrorCode::invalid_token);
}

TEST(Tokens, accepts_what_a_backend_minted_with_either_key) {
  EXPECT_TRUE(tokens_with(kKey).verify(minted(kHeader, kPayload), kNow));
  EXPECT_TRUE(tokens_with(kOtherKey, kKey).verify(minted(kHeader, kPayload), kNow));
  EXPECT_TRUE(tokens_with(kKey).verify(minted(R"({"alg":"HS256"})", kPayload), kNow));
  EXPECT_TRUE(
      tokens_with(kKey).verify(minted(R"({ "typ":"jwt", "alg":"HS256" })", kPayload), kNow));
  const std::string kid = TokenKeys::of(kKey)->current().kid();
  EXPECT_TRUE(tokens_with(kOtherKey, kKey)
                  .verify(minted(R"({"kid":")" + kid + R"(","alg":"HS256"})", kPayload), kNow));
}

TEST(Tokens, refuses_every_algorithm_but_the_keys_own) {
  for (const auto* header :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"RS256"})", R"({"alg":"HS384"})",
        R"({"alg":"HS512"})", R"({"alg":"hs256"})", R"({"alg":""})", R"({"typ":"JWT"})",
        R"({"alg":null})", R"({"alg":["HS256"]})", R"({"alg":"HS256","alg":"HS256"})"}) {
    EXPECT_EQ(refusal(minted(header, kPayload)), ErrorCode::invalid_token) << header;
  }
}

TEST(Tokens, refuses_a_token_without_signature) {
  const std::string text =
      base::base64url_encode(R"({"alg":"none"})") + "." + base::base64url_encode(kPayload);
  EXPECT_EQ(refusal(text + "."), ErrorCode::invalid_token);
  const std::string own = tokens_with(kKey).sign(claims());
  EXPECT_EQ(refusal(own.substr(0, own.rfind('.') + 1)), ErrorCode::invalid_token);
}

TEST(Tokens, refuses_headers_that_ask_for_something_else) {
  for (const auto* header :
       {R"({"alg":"HS256","crit":["exp"]})", R"({"alg":"HS256","typ":"at+jwt"})",
        R"({"alg":"HS256","typ":7})", R"({"alg":"HS256","kid":"00000000"})",
        R"({"alg":"HS256","kid":""})", R"({"alg":"HS256","kid":7})", R"(["HS256"])", R"({)", ""}) {
    EXPECT_EQ(refusal(minted(header, kPayload)), ErrorCode::invalid_token) << header;
  }
}

TEST(Tokens, does_not_try_another_key_than_the_one_named) {
  const std::string kid = TokenKeys::of(kOtherKey)->current().kid();
  const std::string token = minted(R"({"alg":"HS256","kid":")" + kid + R"("})", kPayload, kKey);
  EXPECT_EQ(refusal(token, tokens_with(kOtherKey, kKey)), ErrorCode::invalid_token);
}

TEST(Tokens, refuses_a_token_changed_in_any_character) {
  const Tokens tokens = tokens_with(kKey);
  const std::string token = tokens.sign(claims());
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal(changed, tokens), ErrorCode::invalid_token) << i;
    EXPECT_EQ(refusal(token.substr(0, i), tokens), ErrorCode::invalid_token) << i;
  }
}

TEST(Tokens, takes_exactly_three_parts) {
  const std::string token = tokens_with(kKey).sign(claims());
  for (const std::string& text : std::vector<std::string>{
           "", ".", "..", "...", "a.b.c", token + ".", "." + token, token + ".e30",
           token.substr(0, token.rfind('.')), token.substr(token.find('.') + 1)}) {
    EXPECT_EQ(refusal(text), ErrorCode::invalid_token) << text;
  }
}

TEST(Tokens, ignores_whitespace_around_but_not_within) {
  const Tokens tokens = tokens_with(kKey);
  const std::string token = tokens.sign(claims());
  EXPECT_TRUE(tokens.verify(" \r\n\t" + token + "\n", kNow));
  const std::size_t dot = token.find('.');
  EXPECT_EQ(refusal(token.substr(0, dot) + " " + token.substr(dot)), ErrorCode::invalid_token);
}

TEST(Tokens, refuses_padding) {
  const std::string token = tokens_with(kKey).sign(claims());
  EXPECT_EQ(refusal(token + "="), ErrorCode::invalid_token);
}

TEST(Tokens, refuses_a_signed_payload_that_is_no_object) {
  for (const auto* payload : {"", "null", "[]", "\"ann\"", "{", R"({"sub":"ann","sub":"bob"})",
                              R"({"sub":"ann","exp":1800000060}x)"}) {
    EXPECT_EQ(refusal(minted(kHeader, payload)), ErrorCode::invalid_token) << payload;
  }
}

TEST(Tokens, refuses_more_than_16_kib) {
  const auto with_size = [](std::size_t size) {
    return minted(kHeader,
                  R"({"sub":"ann","exp":1800000060,"x":")" + std::string(size, 'x') + "\"}");
  };
  EXPECT_TRUE(tokens_with(kKey).verify(with_size(12'000), kNow));
  EXPECT_EQ(refusal(with_size(12'300)), ErrorCode::invalid_token);
  EXPECT_EQ(refusal(std::string(1'000'000, '.')), ErrorCode::invalid_token);
}

TEST(Tokens, tells_nothing_of_the_token_in_its_errors) {
  for (const auto* payload : {R"({"sub":"secret\n","exp":1800000060})", R"({"secret":1})"}) {
    const auto read = tokens_with(kKey).verify(minted(kHeader, payload), kNow);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().detail.find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace tayori::access
