#include "identity/relying_party.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/issuer_for_tests.h"

namespace retrochat {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kDiscovery = "/.well-known/openid-configuration";

class RelyingPartyTest : public ::testing::Test {
 protected:
  Flight fly() {
    return Flight::begin("issuer", "https://chat.test/back", LocalPath::from("/"), secure_random);
  }
  /// Somebody goes and comes back, with a token as the issuer makes it.
  Answer<ProvenIdentity> sign_in() {
    const Flight flight = fly();
    issuer.gives_token(flight.nonce);
    return land(flight);
  }
  Answer<ProvenIdentity> land(const Flight& flight) {
    return party.arrive(*party.find("issuer"), flight, {flight.state, "c-1", issuer.url, ""});
  }
  Refusal refusal_of(const Answer<ProvenIdentity>& answer) {
    return answer ? Refusal::no_such_page : answer.refusal();
  }

  ManualClock time;
  IssuerForTests issuer{time};
  std::vector<std::string> reports;
  RelyingParty party{
      {issuer.provider()}, issuer.exchange(), time.clock(), [this](const auto&, const auto& what) {
        reports.push_back(what);
      }};
};

TEST_F(RelyingPartyTest, departs_with_a_challenge_and_without_the_verifier) {
  const Flight flight = fly();
  const auto address = party.depart(*party.find("issuer"), flight);
  ASSERT_TRUE(address);
  EXPECT_THAT(*address,
              AllOf(HasSubstr("https://issuer.test/authorize?from=here&response_type=code"),
                    HasSubstr("client_id=me"), HasSubstr("scope=openid%20profile"),
                    HasSubstr("redirect_uri=https%3A%2F%2Fchat.test%2Fback"),
                    HasSubstr("state=" + flight.state), HasSubstr("nonce=" + flight.nonce),
                    HasSubstr("code_challenge=" + flight.challenge()),
                    HasSubstr("code_challenge_method=S256"), Not(HasSubstr(flight.verifier))));
}

TEST(Flight, challenges_as_the_standards_example) {
  Flight flight = Flight::begin("p", "r", LocalPath::from("/"), secure_random);
  flight.verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  EXPECT_EQ(flight.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  EXPECT_EQ(Flight::parse(flight.text())->verifier, flight.verifier);
  EXPECT_FALSE(Flight::parse("{}"));
  EXPECT_FALSE(Flight::parse("nonsense"));
}

TEST_F(RelyingPartyTest, finds_out_who_comes_back) {
  const auto proven = sign_in();
  ASSERT_TRUE(proven);
  EXPECT_EQ(proven->identity.authority, issuer.url);
  EXPECT_EQ(proven->identity.subject, "u-1");
  EXPECT_EQ(proven->screen_name, "kenji");
  const WebRequest& token = issuer.asked.at(1);
  EXPECT_EQ(token.method, "POST");
  EXPECT_THAT(token.body, AllOf(HasSubstr("grant_type=authorization_code"), HasSubstr("code=c-1"),
                                HasSubstr("code_verifier="), Not(HasSubstr("s%3A1"))));
  EXPECT_EQ(token.fields.back().value, "Basic " + base64("me:s%3A1"));
  EXPECT_EQ(issuer.asked.back().fields.back().value, "Bearer at-1");
}

TEST_F(RelyingPartyTest, asks_for_addresses_and_keys_once_in_a_while) {
  ASSERT_TRUE(sign_in());
  ASSERT_TRUE(sign_in());
  EXPECT_EQ(issuer.times_asked(kDiscovery), 1U);
  EXPECT_EQ(issuer.times_asked("/keys"), 1U);
  time.pass(limits::kProviderFactsKept);
  issuer.claims["exp"] = time.now().time_since_epoch().count() / 1000 + 300;
  ASSERT_TRUE(sign_in());
  EXPECT_EQ(issuer.times_asked(kDiscovery), 2U);
  EXPECT_EQ(issuer.times_asked("/keys"), 2U);
}

TEST_F(RelyingPartyTest, asks_for_keys_again_when_one_is_unknown) {
  ASSERT_TRUE(sign_in());
  issuer.key = KeyForTests::ec("two");
  issuer.answers[issuer.url + "/keys"].body = key_set_of({issuer.key});
  EXPECT_TRUE(sign_in());
  EXPECT_EQ(issuer.times_asked("/keys"), 2U);
}

TEST_F(RelyingPartyTest, asks_for_keys_again_only_so_often) {
  ASSERT_TRUE(sign_in());
  issuer.key = KeyForTests::ec("never published");
  for (std::size_t i = 0; i < 2 * limits::kKeysAskedAgain; ++i)
    EXPECT_EQ(refusal_of(sign_in()), Refusal::provider_not_believed);
  EXPECT_EQ(issuer.times_asked("/keys"), 1 + limits::kKeysAskedAgain);
}

TEST_F(RelyingPartyTest, believes_no_token_that_does_not_hold) {
  issuer.claims["aud"] = "somebody else";
  EXPECT_EQ(refusal_of(sign_in()), Refusal::provider_not_believed);
  EXPECT_THAT(reports.back(), HasSubstr("audience"));
  const Flight flight = fly();
  issuer.gives("");
  EXPECT_EQ(refusal_of(land(flight)), Refusal::provider_not_believed);
}

TEST_F(RelyingPartyTest, believes_no_user_info_of_somebody_else) {
  issuer.says("/userinfo", {{"sub", "u-2"}, {"preferred_username", "kenji"}});
  EXPECT_EQ(refusal_of(sign_in()), Refusal::provider_not_believed);
  issuer.says("/userinfo", {{"preferred_username", "kenji"}});
  EXPECT_EQ(refusal_of(sign_in()), Refusal::provider_not_believed);
}

TEST_F(RelyingPartyTest, takes_a_way_back_once_and_only_its_own) {
  const Flight flight = fly();
  issuer.gives_token(flight.nonce);
  const Provider& provider = *party.find("issuer");
  EXPECT_EQ(party.arrive(provider, flight, {"forged", "c-1", issuer.url, ""}).refusal(),
            Refusal::sign_in_stale);
  EXPECT_EQ(party.arrive(provider, flight, {"", "c-1", issuer.url, ""}).refusal(),
            Refusal::sign_in_stale);
  EXPECT_TRUE(land(flight));
  EXPECT_EQ(refusal_of(land(flight)), Refusal::sign_in_stale);
}

TEST_F(RelyingPartyTest, minds_in_whose_name_somebody_comes_back) {
  const Provider& provider = *party.find("issuer");
  for (const char* named : {"https://other.test", ""}) {
    const Flight flight = fly();
    EXPECT_EQ(party.arrive(provider, flight, {flight.state, "c-1", named, ""}).refusal(),
              Refusal::provider_not_believed);
  }
  EXPECT_EQ(issuer.times_asked("/token"), 0U);
}

TEST_F(RelyingPartyTest, tells_a_no_from_other_errors) {
  const Provider& provider = *party.find("issuer");
  Flight flight = fly();
  EXPECT_EQ(
      party.arrive(provider, flight, {flight.state, "", issuer.url, "access_denied"}).refusal(),
      Refusal::sign_in_cancelled);
  flight = fly();
  EXPECT_EQ(
      party.arrive(provider, flight, {flight.state, "", issuer.url, "server_error"}).refusal(),
      Refusal::provider_not_believed);
}

TEST_F(RelyingPartyTest, makes_nothing_of_garbage_redirects_and_silence) {
  const Flight first = fly();
  issuer.answers[issuer.url + "/token"] = {200, "<html>"};
  EXPECT_EQ(refusal_of(land(first)), Refusal::provider_not_believed);
  const Flight second = fly();
  issuer.answers[issuer.url + "/token"] = {302, ""};
  EXPECT_EQ(refusal_of(land(second)), Refusal::provider_not_believed);
  const Flight third = fly();
  issuer.answers[issuer.url + "/token"] = {503, ""};
  EXPECT_EQ(refusal_of(land(third)), Refusal::provider_silent);
  const Flight fourth = fly();
  issuer.answers.erase(issuer.url + "/token");
  EXPECT_EQ(refusal_of(land(fourth)), Refusal::provider_silent);
  issuer.answers[issuer.url + "/keys"].body = "[]";
  EXPECT_EQ(refusal_of(sign_in()), Refusal::provider_not_believed);
  issuer.says("/userinfo", {});
  for (const WebRequest& each : issuer.asked) EXPECT_THAT(each.url, Not(HasSubstr("elsewhere")));
}

TEST_F(RelyingPartyTest, believes_no_discovery_of_another_issuer_or_without_https) {
  const Flight flight = fly();
  const Provider& provider = *party.find("issuer");
  auto facts = boost::json::parse(issuer.answers[issuer.url + kDiscovery].body).get_object();
  facts["issuer"] = issuer.url + "/";
  issuer.says(kDiscovery, facts);
  EXPECT_EQ(party.depart(provider, flight).refusal(), Refusal::provider_not_believed);
  facts["issuer"] = issuer.url;
  facts["token_endpoint"] = "http://issuer.test/token";
  issuer.says(kDiscovery, facts);
  EXPECT_EQ(party.depart(provider, flight).refusal(), Refusal::provider_not_believed);
  issuer.answers.erase(issuer.url + kDiscovery);
  EXPECT_EQ(party.depart(provider, flight).refusal(), Refusal::provider_silent);
}

TEST_F(RelyingPartyTest, never_reports_secrets_nor_floods_the_log) {
  for (std::size_t i = 0; i < 3 * limits::kTroublesTold; ++i) {
    const Flight flight = fly();
    EXPECT_FALSE(land(flight));
  }
  EXPECT_EQ(reports.size(), limits::kTroublesTold);
  for (const std::string& each : reports)
    EXPECT_THAT(each, AllOf(Not(HasSubstr("s:1")), Not(HasSubstr("c-1"))));
}

}  // namespace
}  // namespace retrochat
