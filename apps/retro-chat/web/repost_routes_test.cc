#include "web/repost_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/limits.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

using Form = std::map<std::string, std::string>;

const std::string kRoom = "/rooms/ann/1";
const std::string kDesk = kRoom + "/reposting";
const Form kMastodon{
    {"kind", "mastodon"}, {"address", "https://m.example/@ann"}, {"token", "secret-token"}};

class RepostRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ann.sign_up("ann");
    bob.sign_up("bob");
    ann.submit("/rooms/new", {{"name", "den"}});
  }
  static Form with(Form form, const std::string& name, const std::string& value) {
    form[name] = value;
    return form;
  }
  tayori::HttpResponse save(const Form& form) { return ann.submit(kDesk, form); }
  std::string turn(const std::string& on) {
    return BrowserForTests::field(ann.submit(kDesk + "/switch", {{"on", on}}), "Location");
  }
  std::vector<std::string> told() {
    std::vector<std::string> messages;
    for (const auto& each : house.pushed.sent) messages.push_back(each.message);
    house.pushed.sent.clear();
    return messages;
  }

  HouseForTests house;
  BrowserForTests ann{house};
  BrowserForTests bob{house};
};

TEST_F(RepostRoutesTest, the_desk_is_its_owners) {
  EXPECT_EQ(ann.get(kDesk).status, 200);
  for (const char* act : {"", "/switch", "/test", "/forget"}) {
    EXPECT_EQ(bob.submit(kDesk + act, kMastodon).status, 403) << act;
    EXPECT_EQ(ann.post(kDesk + act, kMastodon).status, 403) << act << " without a form token";
    EXPECT_EQ(ann.submit("/rooms/ann/2/reposting" + std::string(act), kMastodon).status, 404)
        << act;
  }
  EXPECT_EQ(bob.get(kDesk).status, 403);
  BrowserForTests stranger(house);
  EXPECT_EQ(BrowserForTests::field(stranger.get(kDesk), "Location"),
            "/sign-in?to=/rooms/ann/1/reposting");
  stranger.fields["Accept"] = "application/json";
  EXPECT_EQ(stranger.get(kDesk).status, 401);
  EXPECT_THAT(ann.get(kDesk).body, HasSubstr("No place has been chosen yet."));
}

TEST_F(RepostRoutesTest, a_token_is_never_shown_again) {
  EXPECT_EQ(BrowserForTests::field(save(kMastodon), "Location"), kDesk);
  EXPECT_THAT(ann.get(kDesk).body, AllOf(HasSubstr("https://m.example"), Not(HasSubstr("/@ann")),
                                         Not(HasSubstr("secret-token"))));
}

TEST_F(RepostRoutesTest, an_old_token_stays_at_its_place_and_goes_to_no_other) {
  save(kMastodon);
  const Form empty = with(kMastodon, "token", "");
  EXPECT_EQ(save(with(empty, "visibility", "unlisted")).status, 303);
  EXPECT_EQ(save(with(empty, "address", "https://evil.example")).status, 400);
  EXPECT_EQ(save({{"kind", "x"}}).status, 400);
  EXPECT_THAT(ann.get(kDesk).body, AllOf(HasSubstr("https://m.example"), Not(HasSubstr("evil"))));
}

TEST_F(RepostRoutesTest, refuses_tokens_and_places_that_make_no_request) {
  for (const auto& [field, value] : Form{{"token", "a\r\nHost: evil.example"},
                                         {"address", "http://m.example"},
                                         {"kind", "gopher"}}) {
    const auto page = save(with(kMastodon, field, value));
    EXPECT_EQ(page.status, 400) << field;
    EXPECT_THAT(page.body, Not(HasSubstr("secret-token"))) << field;
  }
  EXPECT_EQ(save(with(kMastodon, "token", std::string(limits::kRepostTokenBytes + 1, 'x'))).status,
            400);
  EXPECT_THAT(ann.get(kDesk).body, HasSubstr("No place has been chosen yet."));
}

TEST_F(RepostRoutesTest, a_webhooks_secret_is_made_here_and_shown_once) {
  const Form webhook{{"kind", "webhook"}, {"address", "https://hooks.example/a"}};
  const auto secret_in = [](const std::string& page) {
    return BrowserForTests::between("whsec_", "<", page);
  };
  const std::string first = secret_in(save(webhook).body);
  EXPECT_THAT(first, SizeIs(44));
  EXPECT_THAT(ann.get(kDesk).body, Not(HasSubstr("whsec_")));
  EXPECT_EQ(save(webhook).status, 303) << "the same place keeps its secret";
  const std::string second = secret_in(save(with(webhook, "new_secret", "1")).body);
  const std::string third =
      secret_in(save(with(webhook, "address", "https://hooks.example/b")).body);
  EXPECT_THAT((std::vector{second, third}), Each(SizeIs(44)));
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
}

TEST_F(RepostRoutesTest, those_inside_learn_at_once_whether_their_lines_are_posted_on) {
  bob.get(kRoom);
  EXPECT_THAT(bob.get(kRoom).body, HasSubstr("<span hidden>Lines said here are also posted"));
  save(kMastodon);
  told();
  EXPECT_EQ(turn("1"), kDesk);
  EXPECT_THAT(told(), testing::ElementsAre(HasSubstr(R"("posted_on":true)")));
  EXPECT_EQ(turn("1"), kDesk);
  EXPECT_THAT(told(), testing::IsEmpty());
  EXPECT_THAT(bob.get(kRoom).body, HasSubstr("<span>Lines said here are also posted"));
  bob.fields["Accept"] = "application/json";
  EXPECT_THAT(bob.submit(kRoom + "/poll").body, HasSubstr(R"("posted_on":true)"));
  ann.submit(kDesk + "/forget");
  EXPECT_THAT(told(), testing::ElementsAre(HasSubstr(R"("posted_on":false)")));
}

TEST_F(RepostRoutesTest, a_test_wants_a_place) {
  EXPECT_EQ(ann.submit(kDesk + "/test").status, 303);
  EXPECT_THAT(ann.get(kDesk).body, HasSubstr("Nothing yet."));
  save(kMastodon);
  ann.submit(kDesk + "/test");
  EXPECT_THAT(ann.get(kDesk).body, HasSubstr("Retro Chat test"));
}

TEST_F(RepostRoutesTest, tests_are_bounded) {
  save(kMastodon);
  for (std::size_t i = 0; i < limits::kRepostTestsOfPerson; ++i)
    EXPECT_EQ(ann.submit(kDesk + "/test").status, 303);
  const auto refused = ann.submit(kDesk + "/test");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(BrowserForTests::field(refused, "Retry-After"), "600");
}

TEST_F(RepostRoutesTest, what_a_form_is_sent_to_can_be_opened_too) {
  for (const char* act : {"/switch", "/test", "/forget"})
    EXPECT_EQ(ann.get(kDesk + act).status, 200) << act;
  EXPECT_EQ(BrowserForTests::field(ann.get(kRoom + "/knock"), "Location"), kRoom);
  for (const char* act : {"/guest", "/sign-out"})
    EXPECT_EQ(BrowserForTests::field(ann.get(act), "Location"), "/") << act;
}

TEST_F(RepostRoutesTest, the_lists_are_for_whoever_may_enter) {
  for (const char* list : {"/urls.txt", "/hatena.txt"}) {
    EXPECT_EQ(bob.get(kRoom + list).status, 200) << list;
    ann.submit(kRoom + "/remove", {{"handle", "bob"}});
    EXPECT_EQ(bob.get(kRoom + list).status, 403) << list;
    ann.submit(kRoom + "/readmit", {{"handle", "bob"}});
    EXPECT_EQ(bob.get("/rooms/nobody/1" + std::string(list)).status, 404) << list;
    EXPECT_EQ(BrowserForTests::field(BrowserForTests(house).get(kRoom + list), "Location"),
              "/sign-in?to=/rooms/ann/1");
  }
}

}  // namespace
}  // namespace retrochat
