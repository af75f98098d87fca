#include "web/identity_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/issuer_for_tests.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class IdentityRoutesTest : public ::testing::Test {
 protected:
  void knows(ChatOptions& options) {
    issuer = std::make_unique<IssuerForTests>(ManualClock());
    options.providers = {issuer->provider()};
    options.web = issuer->exchange();
  }
  static std::string field(const tayori::HttpResponse& response, std::string_view name) {
    return BrowserForTests::field(response, name);
  }
  /// Leaves, is vouched for, and comes back.
  tayori::HttpResponse sign_in(BrowserForTests& who, const std::string& to = "/") {
    return who.get(way_back(who.get("/sign-in/with/issuer?to=" + to)));
  }
  std::string way_back(const tayori::HttpResponse& departure) {
    const std::string address = field(departure, "Location") + "&";
    issuer->gives_token(BrowserForTests::between("nonce=", "&", address));
    return "/sign-in/with/issuer/callback?code=c&iss=https://issuer.test&state=" +
           BrowserForTests::between("state=", "&", address);
  }
  void is_called(const std::string& name) {
    issuer->says("/userinfo", {{"sub", "u-1"}, {"preferred_username", name}});
  }

  std::unique_ptr<IssuerForTests> issuer;
  HouseForTests house{"", [this](ChatOptions& options) { knows(options); }};
  BrowserForTests browser{house};
};

TEST_F(IdentityRoutesTest, a_key_on_the_page_leads_to_the_provider) {
  EXPECT_THAT(browser.get("/sign-in?to=/rooms/a/1?x=1").body,
              HasSubstr("href=\"/sign-in/with/issuer?to="));
  const auto gone = browser.get("/sign-in/with/issuer?to=/rooms/retro/1");
  EXPECT_EQ(gone.status, 303);
  EXPECT_THAT(field(gone, "Location"),
              AllOf(StartsWith("https://issuer.test/authorize?"),
                    HasSubstr("http%3A%2F%2Fchat.test%2Fsign-in%2Fwith%2Fissuer%2Fcallback")));
  EXPECT_THAT(field(gone, "Set-Cookie"), AllOf(StartsWith("retrochat_flight="),
                                               HasSubstr("; Max-Age=600; HttpOnly; SameSite=Lax")));
}

TEST_F(IdentityRoutesTest, a_place_with_a_query_survives_the_page) {
  const auto page = browser.get("/sign-in?to=/rooms/a/1%3Fx%3D1");
  const std::string link = BrowserForTests::between("/sign-in/with/issuer?to=", "\"", page.body);
  EXPECT_EQ(field(sign_in(browser, link), "Location"), "/rooms/a/1?x=1");
}

TEST_F(IdentityRoutesTest, the_screen_name_becomes_the_handle) {
  const auto in = sign_in(browser, "/rooms/retro/1");
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(field(in, "Location"), "/rooms/retro/1");
  EXPECT_THAT(browser.get("/").body, HasSubstr("<bdi>kenji</bdi>"));
  EXPECT_FALSE(browser.cookies.contains("retrochat_flight"));
  is_called("renamed");
  BrowserForTests later(house);
  sign_in(later);
  EXPECT_THAT(later.get("/").body, HasSubstr("<bdi>kenji</bdi>"));
}

TEST_F(IdentityRoutesTest, a_new_session_takes_the_place_of_a_planted_one) {
  BrowserForTests other(house);
  other.sign_up("mallory");
  const auto back = way_back(browser.get("/sign-in/with/issuer"));
  browser.cookies["retrochat_session"] = other.cookies.at("retrochat_session");
  browser.get(back);
  EXPECT_NE(browser.cookies.at("retrochat_session"), other.cookies.at("retrochat_session"));
  EXPECT_THAT(other.get("/").body, Not(HasSubstr("/sign-out")));
}

TEST_F(IdentityRoutesTest, a_local_handle_is_never_given_to_somebody_vouched_for) {
  BrowserForTests owner(house);
  owner.sign_up("Kenji");
  EXPECT_EQ(field(sign_in(browser), "Location"), "/sign-in/choose-handle");
  EXPECT_THAT(browser.get("/").body, Not(HasSubstr("/sign-out")));
  const auto page = browser.get("/sign-in/choose-handle");
  EXPECT_THAT(page.body, HasSubstr("value=\"kenji\""));
  const std::string token = BrowserForTests::hidden("form_token", page.body);
  const auto choose = [&](const std::string& handle, const std::string& form_token) {
    return browser.post("/sign-in/choose-handle", {{"handle", handle}, {"form_token", form_token}});
  };
  EXPECT_EQ(choose("kenji", token).status, 409);
  EXPECT_EQ(choose("retro", token).status, 409);
  EXPECT_EQ(choose("guest-ABCDEF", token).status, 409);
  EXPECT_EQ(choose("<b>", token).status, 400);
  EXPECT_EQ(choose("ken", "forged").status, 403);
  const auto proof = browser.cookies;
  EXPECT_EQ(choose("ken", token).status, 303);
  EXPECT_THAT(browser.get("/").body, HasSubstr("<bdi>ken</bdi>"));
  browser.cookies = proof;
  EXPECT_EQ(choose("ken2", token).status, 403);
  EXPECT_THAT(browser.get("/").body, Not(HasSubstr("/sign-out")));
}

TEST_F(IdentityRoutesTest, a_proof_cannot_be_made_up_and_ends) {
  EXPECT_EQ(browser.get("/sign-in/choose-handle").status, 403);
  browser.cookies["retrochat_newcomer"] = "AAAA";
  EXPECT_EQ(browser.get("/sign-in/choose-handle").status, 403);
  is_called("名無しさん");
  sign_in(browser);
  EXPECT_THAT(browser.get("/sign-in/choose-handle").body, HasSubstr("名無しさん"));
  house.time.pass(limits::kSignInUnderWay);
  EXPECT_EQ(browser.get("/sign-in/choose-handle").status, 403);
}

TEST_F(IdentityRoutesTest, a_screen_name_is_shown_as_text) {
  is_called("<script>\xE2\x80\xAE\"kenji@example.org");
  sign_in(browser);
  const auto page = browser.get("/sign-in/choose-handle");
  EXPECT_THAT(page.body, AllOf(Not(HasSubstr("<script>\"")), Not(HasSubstr("\xE2\x80\xAE")),
                               HasSubstr("value=\"scriptkenji\"")));
}

TEST_F(IdentityRoutesTest, a_way_back_is_the_browsers_own_and_ends) {
  const auto back = way_back(browser.get("/sign-in/with/issuer"));
  BrowserForTests other(house);
  EXPECT_EQ(other.get(back).status, 403);
  EXPECT_EQ(browser.get("/sign-in/with/issuer/callback?code=c&state=x").status, 403);
  EXPECT_TRUE(browser.cookies.contains("retrochat_flight"));
  house.time.pass(limits::kSignInUnderWay);
  EXPECT_EQ(browser.get(back).status, 403);
}

TEST_F(IdentityRoutesTest, an_unknown_provider_is_no_page) {
  EXPECT_EQ(browser.get("/sign-in/with/nobody").status, 404);
  EXPECT_EQ(browser.get("/sign-in/with/nobody/callback").status, 404);
}

TEST_F(IdentityRoutesTest, departures_and_landings_are_counted) {
  for (std::size_t i = 0; i < limits::kProviderSignInsOfPeer; ++i)
    browser.get("/sign-in/with/issuer");
  const auto stopped = browser.get("/sign-in/with/issuer");
  EXPECT_EQ(stopped.status, 429);
  EXPECT_EQ(field(stopped, "Retry-After"), "600");
  for (std::size_t i = 0; i < limits::kProviderSignInsOfPeer; ++i)
    browser.get("/sign-in/with/issuer/callback?state=guess");
  EXPECT_EQ(browser.get("/sign-in/with/issuer/callback?state=guess").status, 429);
}

TEST(HandleOutOf, keeps_what_may_stand_in_a_handle) {
  EXPECT_EQ(handle_out_of("@Ann.B-c_1"), "AnnB-c_1");
  EXPECT_EQ(handle_out_of("ann@example.org"), "ann");
  EXPECT_EQ(handle_out_of("--ann"), "ann");
  EXPECT_EQ(handle_out_of("名無し"), "");
  EXPECT_EQ(handle_out_of(std::string(100, 'x')).size(), limits::kHandleChars);
}

TEST(NoLocalAccounts, leaves_no_way_in_by_passphrase) {
  HouseForTests house("",
                      [](ChatOptions& options) { options.local_accounts = LocalAccounts::off; });
  BrowserForTests browser(house);
  EXPECT_EQ(browser.sign_up("ann").status, 403);
  EXPECT_THAT(browser.get("/sign-up").body, Not(HasSubstr("name=\"passphrase\"")));
}

}  // namespace
}  // namespace retrochat
