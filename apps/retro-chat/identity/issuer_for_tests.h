// An OpenID provider without a network: keys, tokens made by cjose, and answers that a test may spoil.
//
// Threads: one test's only.
#pragma once

#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "identity/provider.h"
#include "outgoing/web_request.h"
#include "people/base64.h"
#include "store/store_for_tests.h"

namespace retrochat {

/// A key pair, or a shared secret.
class KeyForTests {
 public:
  static KeyForTests rsa(const std::string& kid, std::size_t bits = 2048) {
    cjose_err error{};
    const std::uint8_t exponent[] = {1, 0, 1};
    return {cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, &error), kid};
  }
  static KeyForTests ec(const std::string& kid, cjose_jwk_ec_curve curve = CJOSE_JWK_EC_P_256) {
    cjose_err error{};
    return {cjose_jwk_create_EC_random(curve, &error), kid};
  }
  static KeyForTests secret(const std::string& kid, const std::string& bytes) {
    cjose_err error{};
    return {cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                      bytes.size(), &error),
            kid};
  }

  /// The public part.
  [[nodiscard]] std::string jwk() const {
    cjose_err error{};
    const std::unique_ptr<char, decltype(&std::free)> text(
        cjose_jwk_to_json(key_.get(), false, &error), &std::free);
    return text.get();
  }

  [[nodiscard]] std::string sign(const std::string& algorithm,
                                 const boost::json::object& claims) const {
    cjose_err error{};
    cjose_header_t* header = cjose_header_new(&error);
    cjose_header_set(header, CJOSE_HDR_ALG, algorithm.c_str(), &error);
    if (!kid_.empty()) cjose_header_set(header, CJOSE_HDR_KID, kid_.c_str(), &error);
    const std::string text = boost::json::serialize(claims);
    cjose_jws_t* jws =
        cjose_jws_sign(key_.get(), header, reinterpret_cast<const std::uint8_t*>(text.data()),
                       text.size(), &error);
    const char* compact = nullptr;
    if (jws == nullptr || !cjose_jws_export(jws, &compact, &error)) {
      ADD_FAILURE() << "cjose cannot sign with " << algorithm;
      return "";
    }
    std::string token(compact);
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
  }

 private:
  KeyForTests(cjose_jwk_t* key, const std::string& kid) : key_(key, &cjose_jwk_release), kid_(kid) {
    cjose_err error{};
    if (!kid.empty()) cjose_jwk_set_kid(key, kid.data(), kid.size(), &error);
  }
  std::shared_ptr<cjose_jwk_t> key_;
  std::string kid_;
};

inline std::string key_set_of(const std::vector<KeyForTests>& keys) {
  std::string all;
  for (const KeyForTests& each : keys) all += (all.empty() ? "" : ",") + each.jwk();
  return R"({"keys":[)" + all + "]}";
}

/// Whatever is asked at an address is answered with what stands there; anything else fails.
class IssuerForTests {
 public:
  const std::string url = "https://issuer.test";
  KeyForTests key = KeyForTests::ec("one");
  std::map<std::string, WebAnswer> answers;
  std::vector<WebRequest> asked;
  /// The claims of the next ID token, but for the nonce.
  boost::json::object claims;

  explicit IssuerForTests(const ManualClock& clock) {
    const auto now = clock.now().time_since_epoch().count() / 1000;
    claims = {{"iss", url}, {"aud", "me"}, {"sub", "u-1"}, {"iat", now}, {"exp", now + 300}};
    says("/.well-known/openid-configuration",
         {{"issuer", url},
          {"authorization_endpoint", url + "/authorize?from=here"},
          {"token_endpoint", url + "/token"},
          {"userinfo_endpoint", url + "/userinfo"},
          {"jwks_uri", url + "/keys"},
          {"authorization_response_iss_parameter_supported", true}});
    answers[url + "/keys"] = {200, key_set_of({key})};
    says("/userinfo", {{"sub", "u-1"}, {"preferred_username", "kenji"}});
  }

  void says(const std::string& path, const boost::json::object& what) {
    answers[url + path] = {200, boost::json::serialize(what)};
  }
  /// Answers the next request for a token with an ID token for `nonce`.
  void gives_token(const std::string& nonce) {
    auto all = claims;
    if (!all.contains("nonce")) all["nonce"] = nonce;
    gives(key.sign("ES256", all));
  }
  void gives(const std::string& id_token) {
    says("/token", {{"access_token", "at-1"}, {"token_type", "Bearer"}, {"id_token", id_token}});
  }
  [[nodiscard]] std::size_t times_asked(const std::string& path) const {
    std::size_t times = 0;
    for (const WebRequest& each : asked) times += each.url == url + path ? 1 : 0;
    return times;
  }

  [[nodiscard]] Provider provider() const {
    Provider provider{.id = "issuer", .name_ja = "発行所", .name_en = "Issuer", .issuer = url};
    provider.client_id = "me";
    provider.client_secret = "s:1";
    provider.scopes = {"openid", "profile"};
    return provider;
  }
  WebExchange exchange() {
    return [this](const WebRequest& request) -> WebResult {
      asked.push_back(request);
      const auto found = answers.find(request.url);
      if (found == answers.end()) return WebFailure{"nobody is there"};
      return found->second;
    };
  }
};

}  // namespace retrochat
