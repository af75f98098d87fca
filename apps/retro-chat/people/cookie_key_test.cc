#include "people/cookie_key.h"

#include <gtest/gtest.h>

#include "store/store_for_tests.h"

namespace retrochat {
namespace {

TEST(CookieKey, knows_its_own_sessions_only) {
  const CookieKey key("a secret");
  const SessionId session = SessionId::random(secure_random);
  const std::string cookie = key.sign(session);
  ASSERT_TRUE(key.session_of(cookie));
  EXPECT_EQ(key.session_of(cookie)->text(), session.text());
  EXPECT_FALSE(CookieKey("another").session_of(cookie));
  EXPECT_FALSE(key.session_of(session.text()));
  EXPECT_FALSE(key.session_of(session.text() + "."));
  EXPECT_FALSE(key.session_of(""));
  const std::string other = key.sign(SessionId::random(secure_random));
  EXPECT_FALSE(key.session_of(session.text() + other.substr(other.find('.'))));
}

TEST(CookieKey, seals_for_a_purpose_and_a_time) {
  const CookieKey key("a secret");
  const ManualClock clock;
  const TimePoint end = clock.now() + std::chrono::minutes{10};
  const std::string sealed = key.seal("flight", "text\nof two lines", end, secure_random);
  EXPECT_EQ(sealed.find("text"), std::string::npos);
  EXPECT_EQ(key.open("flight", sealed, clock.now()), "text\nof two lines");
  EXPECT_EQ(key.open("newcomer", sealed, clock.now()), std::nullopt);
  EXPECT_EQ(key.open("flight", sealed, end), std::nullopt);
  EXPECT_EQ(CookieKey("another").open("flight", sealed, clock.now()), std::nullopt);
  for (const std::size_t at : {std::size_t{0}, sealed.size() / 2, sealed.size() - 3}) {
    std::string altered = sealed;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(key.open("flight", altered, clock.now()), std::nullopt) << at;
  }
  for (const char* garbage : {"", "AAAA", "%", "not base64!"})
    EXPECT_EQ(key.open("flight", garbage, clock.now()), std::nullopt);
}

TEST(CookieKey, gives_forms_a_token_of_their_page) {
  const CookieKey key("a secret");
  EXPECT_TRUE(key.is_form_token(key.form_token("cookie"), "cookie"));
  EXPECT_FALSE(key.is_form_token(key.form_token("cookie"), "other"));
  EXPECT_FALSE(key.is_form_token("", "cookie"));
}

}  // namespace
}  // namespace retrochat
