#include "identity/id_token.h"

#include <gtest/gtest.h>

#include "identity/issuer_for_tests.h"

namespace retrochat {
namespace {

using boost::json::object;

class IdTokenTest : public ::testing::Test {
 protected:
  static std::int64_t seconds(const ManualClock& clock) {
    return clock.now().time_since_epoch().count() / 1000;
  }
  /// "" when it holds, else the fault's name.
  std::string wrong_with(const std::string& token) {
    const auto read =
        read_id_token(token, *keys, {"https://issuer.test", "me", "n-1", clock.now()});
    const auto* fault = std::get_if<IdTokenFault>(&read);
    return fault != nullptr ? std::string(name(*fault)) : "";
  }
  std::string wrong_with(const object& changed) {
    object all = claims;
    for (const auto& each : changed) all[each.key()] = each.value();
    return wrong_with(ec.sign("ES256", all));
  }
  std::string without(const char* claim) {
    object all = claims;
    all.erase(claim);
    return wrong_with(ec.sign("ES256", all));
  }
  static std::string unsigned_token(const std::string& header, const object& claims) {
    return base64url(header) + "." + base64url(boost::json::serialize(claims)) + ".";
  }

  // Made once: an RSA key takes a while.
  static inline const KeyForTests rsa = KeyForTests::rsa("r");
  static inline const KeyForTests ec = KeyForTests::ec("e");
  ManualClock clock;
  std::optional<KeySet> keys = KeySet::parse(key_set_of({rsa, ec}));
  object claims{{"iss", "https://issuer.test"},
                {"aud", "me"},
                {"sub", "u-1"},
                {"nonce", "n-1"},
                {"iat", seconds(clock)},
                {"exp", seconds(clock) + 300}};
};

TEST_F(IdTokenTest, holds_with_each_algorithm_that_is_taken) {
  EXPECT_EQ(wrong_with(ec.sign("ES256", claims)), "");
  EXPECT_EQ(wrong_with(rsa.sign("RS256", claims)), "");
  EXPECT_EQ(wrong_with(rsa.sign("PS256", claims)), "");
  EXPECT_EQ(wrong_with(rsa.sign("RS512", claims)), "algorithm");
}

TEST_F(IdTokenTest, refuses_none) {
  EXPECT_EQ(wrong_with(unsigned_token(R"({"alg":"none"})", claims)), "algorithm");
  EXPECT_EQ(wrong_with(unsigned_token(R"({"alg":"NONE"})", claims)), "algorithm");
  EXPECT_EQ(wrong_with(unsigned_token(R"({"alg":"ES256","kid":"e"})", claims)), "signature");
}

TEST_F(IdTokenTest, refuses_a_public_key_as_a_shared_secret) {
  EXPECT_EQ(wrong_with(KeyForTests::secret("r", rsa.jwk()).sign("HS256", claims)), "algorithm");
}

TEST_F(IdTokenTest, refuses_anothers_signature_and_altered_claims) {
  EXPECT_EQ(wrong_with(KeyForTests::ec("e").sign("ES256", claims)), "signature");
  const std::string token = ec.sign("ES256", claims);
  claims["sub"] = "u-2";
  const std::string other = ec.sign("ES256", claims);
  const std::string mixed = token.substr(0, token.find('.')) +
                            other.substr(other.find('.'), other.rfind('.') - other.find('.')) +
                            token.substr(token.rfind('.'));
  EXPECT_EQ(wrong_with(mixed), "signature");
}

TEST_F(IdTokenTest, says_when_the_key_is_unknown) {
  EXPECT_EQ(wrong_with(KeyForTests::ec("new").sign("ES256", claims)), "unknown key");
  // The name is of a key of another kind.
  EXPECT_EQ(wrong_with(KeyForTests::ec("r").sign("ES256", claims)), "unknown key");
}

TEST_F(IdTokenTest, finds_the_key_of_a_token_that_names_none) {
  keys = KeySet::parse(key_set_of({KeyForTests::ec("x"), rsa, ec}));
  const auto read_names_no_key = KeyForTests::ec("");
  EXPECT_EQ(wrong_with(read_names_no_key.sign("ES256", claims)), "signature");
  keys = KeySet::parse(key_set_of({KeyForTests::ec("x"), rsa, read_names_no_key}));
  EXPECT_EQ(wrong_with(read_names_no_key.sign("ES256", claims)), "");
}

TEST_F(IdTokenTest, leaves_out_keys_that_cannot_be_meant) {
  const KeyForTests weak = KeyForTests::rsa("weak", 1024);
  const KeyForTests curve = KeyForTests::ec("curve", CJOSE_JWK_EC_P_384);
  keys = KeySet::parse(key_set_of({weak, curve}));
  EXPECT_EQ(wrong_with(weak.sign("RS256", claims)), "unknown key");
  EXPECT_FALSE(keys->has_key_for(TokenAlgorithm::es256, ""));
  std::string encrypts = ec.jwk();
  encrypts.insert(1, R"("use":"enc",)");
  EXPECT_FALSE(
      KeySet::parse(R"({"keys":[)" + encrypts + "]}")->has_key_for(TokenAlgorithm::es256, ""));
  EXPECT_FALSE(KeySet::parse("[]"));
  EXPECT_FALSE(KeySet::parse(R"({"keys":1})"));
  EXPECT_FALSE(
      KeySet::parse(R"({"keys":[1,{"kty":"EC"}]})")->has_key_for(TokenAlgorithm::es256, ""));
}

TEST_F(IdTokenTest, is_of_that_issuer_for_this_client_and_this_sign_in) {
  EXPECT_EQ(wrong_with({{"iss", "https://other.test"}}), "issuer");
  EXPECT_EQ(wrong_with({{"iss", "https://issuer.test/"}}), "issuer");
  EXPECT_EQ(wrong_with({{"nonce", "n-2"}}), "nonce");
  EXPECT_EQ(without("nonce"), "nonce");
  EXPECT_EQ(wrong_with({{"aud", "you"}}), "audience");
  EXPECT_EQ(without("aud"), "audience");
  EXPECT_EQ(wrong_with({{"azp", "you"}}), "audience");
  EXPECT_EQ(wrong_with({{"aud", {"me"}}}), "");
  EXPECT_EQ(wrong_with({{"aud", {"me", "you"}}}), "audience");
  EXPECT_EQ(wrong_with({{"aud", {"me", "you"}}, {"azp", "me"}}), "");
  EXPECT_EQ(without("sub"), "subject");
  EXPECT_EQ(wrong_with({{"sub", ""}}), "subject");
  EXPECT_EQ(wrong_with({{"sub", std::string(256, 'x')}}), "subject");
}

TEST_F(IdTokenTest, holds_for_its_time_and_a_minute_around_it) {
  const std::int64_t now = seconds(clock);
  EXPECT_EQ(wrong_with({{"exp", now - 59}}), "");
  EXPECT_EQ(wrong_with({{"exp", now - 60}}), "expired");
  EXPECT_EQ(wrong_with({{"iat", now + 60}}), "");
  EXPECT_EQ(wrong_with({{"iat", now + 61}}), "not yet valid");
  EXPECT_EQ(wrong_with({{"nbf", now + 61}}), "not yet valid");
  EXPECT_EQ(wrong_with({{"exp", static_cast<double>(now) + 0.5}}), "");
  EXPECT_EQ(wrong_with({{"exp", "tomorrow"}}), "malformed");
  EXPECT_EQ(without("exp"), "malformed");
  EXPECT_EQ(without("iat"), "malformed");
}

TEST_F(IdTokenTest, refuses_what_is_no_token) {
  for (const std::string& text :
       {std::string(), std::string("a.b"), std::string(".."), std::string("a.b.c.d"),
        std::string("%.%.%"), base64url("[]") + ".e30.", base64url("{") + ".e30.",
        std::string(100'000, 'a')})
    EXPECT_EQ(wrong_with(text), "malformed") << text.substr(0, 20);
  EXPECT_EQ(wrong_with(unsigned_token(R"({"alg":"ES256","crit":["b64"]})", claims)), "malformed");
}

}  // namespace
}  // namespace retrochat
