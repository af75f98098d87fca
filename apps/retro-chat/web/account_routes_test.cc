#include "web/account_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/limits.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AccountRoutesTest : public ::testing::Test {
 protected:
  static std::string field(const tayori::HttpResponse& response, std::string_view name) {
    return BrowserForTests::field(response, name);
  }

  HouseForTests house;
  BrowserForTests browser{house};
};

TEST_F(AccountRoutesTest, sign_up_signs_in_and_goes_home) {
  const auto response = browser.sign_up("ann");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(field(response, "Location"), "/");
  EXPECT_THAT(field(response, "Set-Cookie"),
              AllOf(HasSubstr("retrochat_session="), HasSubstr("; HttpOnly"),
                    HasSubstr("; SameSite=Lax"), HasSubstr("; Path=/"), Not(HasSubstr("Secure"))));
  EXPECT_THAT(browser.get("/").body, HasSubstr("<bdi>ann</bdi>"));
}

TEST_F(AccountRoutesTest, sign_in_returns_where_one_wanted_to_go) {
  browser.sign_up("ann");
  browser.submit("/sign-out");
  const auto turned = browser.get("/rooms/new");
  EXPECT_EQ(turned.status, 303);
  EXPECT_EQ(field(turned, "Location"), "/sign-in?to=/rooms/new");
  const auto page = browser.get("/sign-in?to=/rooms/new");
  EXPECT_EQ(BrowserForTests::hidden("to", page.body), "/rooms/new");
  const auto in =
      browser.post("/sign-in", {{"handle", "ann"},
                                {"passphrase", "a few words in a row"},
                                {"to", "/rooms/new"},
                                {"form_token", BrowserForTests::hidden("form_token", page.body)}});
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(field(in, "Location"), "/rooms/new");
}

TEST_F(AccountRoutesTest, sign_in_never_leads_to_another_site) {
  browser.sign_up("ann");
  const auto in = browser.post(
      "/sign-in",
      {{"handle", "ann"}, {"passphrase", "a few words in a row"}, {"to", "//elsewhere.example/"}});
  EXPECT_EQ(field(in, "Location"), "/");
}

TEST_F(AccountRoutesTest, refusals_show_the_form_again_with_the_reason) {
  const auto page = browser.post(
      "/sign-up", {{"handle", "ann"}, {"passphrase", "short"}, {"to", "/rooms/retro/1"}});
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, HasSubstr("A passphrase has at least 8 characters."));
  EXPECT_THAT(page.body, HasSubstr("value=\"ann\""));
  EXPECT_EQ(BrowserForTests::hidden("to", page.body), "/rooms/retro/1");
  EXPECT_THAT(page.body, Not(HasSubstr("short\"")));
}

TEST_F(AccountRoutesTest, refusals_say_the_same_in_japanese) {
  browser.fields["Accept-Language"] = "ja-JP";
  const auto page = browser.post("/sign-in", {{"handle", "ann"}, {"passphrase", "whatever it is"}});
  EXPECT_EQ(page.status, 403);
  EXPECT_THAT(page.body, HasSubstr("ハンドルか合言葉が違います。"));
  EXPECT_THAT(page.body, HasSubstr("<html lang=\"ja\""));
}

TEST_F(AccountRoutesTest, markup_in_a_handle_stays_text) {
  const auto page = browser.sign_up("<script>\"");
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, Not(HasSubstr("<script>\"")));
}

TEST_F(AccountRoutesTest, a_very_long_handle_is_refused_kindly) {
  const auto page = browser.sign_up(std::string(10'000, 'x'));
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, HasSubstr("at most 24 characters"));
  EXPECT_THAT(page.body, Not(HasSubstr("xxxxxxxxxxxxxxxxxxxxxxxxx")));
}

TEST_F(AccountRoutesTest, forms_of_other_sites_are_refused) {
  browser.fields["Origin"] = "https://elsewhere.example";
  EXPECT_EQ(browser.sign_up("ann").status, 403);
  browser.fields["Origin"] = "null";
  EXPECT_EQ(browser.sign_up("ann").status, 403);
  browser.fields["Origin"] = "http://chat.test";
  browser.fields["Sec-Fetch-Site"] = "cross-site";
  EXPECT_EQ(browser.sign_up("ann").status, 403);
  browser.fields["Sec-Fetch-Site"] = "same-origin";
  EXPECT_EQ(browser.sign_up("ann").status, 303);
}

TEST_F(AccountRoutesTest, forms_before_a_session_are_bound_to_their_page) {
  const std::map<std::string, std::string> form{{"handle", "ann"},
                                                {"passphrase", "a few words in a row"}};
  const auto with = [&](const std::string& token) {
    auto bound = form;
    bound["form_token"] = token;
    return browser.post("/sign-up", bound);
  };
  BrowserForTests other(house);
  const auto page = browser.get("/sign-up");
  EXPECT_EQ(browser.post("/sign-up", form).status, 403);
  EXPECT_EQ(with(BrowserForTests::hidden("form_token", other.get("/sign-up").body)).status, 403);
  EXPECT_EQ(with(BrowserForTests::hidden("form_token", page.body)).status, 303);
}

TEST_F(AccountRoutesTest, a_sign_out_needs_the_sessions_own_form_token) {
  browser.sign_up("ann");
  EXPECT_EQ(browser.post("/sign-out", {}).status, 403);
  BrowserForTests other(house);
  other.sign_up("bob");
  EXPECT_EQ(browser.post("/sign-out", {{"form_token", other.form_token()}}).status, 403);
  const auto out = browser.submit("/sign-out");
  EXPECT_EQ(out.status, 303);
  EXPECT_THAT(field(out, "Set-Cookie"), HasSubstr("Max-Age=0"));
}

TEST_F(AccountRoutesTest, a_sign_out_ends_the_session_itself) {
  browser.sign_up("ann");
  const auto kept = browser.cookies;
  browser.submit("/sign-out");
  browser.cookies = kept;
  EXPECT_THAT(browser.get("/").body, Not(HasSubstr("<bdi>ann</bdi>")));
}

TEST_F(AccountRoutesTest, a_sign_in_gives_a_new_session) {
  browser.sign_up("ann");
  const auto before = browser.cookies.at("retrochat_session");
  browser.post("/sign-in", {{"handle", "ann"}, {"passphrase", "a few words in a row"}});
  EXPECT_NE(browser.cookies.at("retrochat_session"), before);
}

TEST_F(AccountRoutesTest, too_many_attempts_are_told_when_to_come_back) {
  const auto guess = [&] {
    browser.cookies.clear();
    return browser.post("/sign-in", {{"handle", "ann"}, {"passphrase", "a wrong guess"}});
  };
  for (std::size_t i = 0; i < limits::kSignInFailuresOfHandle; ++i) EXPECT_EQ(guess().status, 403);
  const auto stopped = guess();
  EXPECT_EQ(stopped.status, 429);
  EXPECT_EQ(field(stopped, "Retry-After"), "600");
}

TEST(AccountRoutesBehindHttps, cookies_are_for_https_only_and_forms_from_that_address) {
  HouseForTests house("https://chat.example.org/");
  BrowserForTests browser(house);
  browser.fields["Origin"] = "http://chat.test";
  EXPECT_EQ(browser.sign_up("ann").status, 403);
  browser.fields["Origin"] = "https://chat.example.org";
  const auto response = browser.sign_up("ann");
  EXPECT_EQ(response.status, 303);
  EXPECT_THAT(BrowserForTests::field(response, "Set-Cookie"),
              AllOf(::testing::StartsWith("__Host-retrochat_session="), HasSubstr("; Secure")));
}

}  // namespace
}  // namespace retrochat
