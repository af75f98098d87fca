#include "web/owner_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/limits.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kRoom = "/rooms/ann/1";

class OwnerRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ann.sign_up("ann");
    bob.sign_up("bob");
  }
  static std::string location(const tayori::HttpResponse& response) {
    return BrowserForTests::field(response, "Location");
  }
  static std::string at(std::string_view act) { return std::string(kRoom) + std::string(act); }

  HouseForTests house;
  BrowserForTests ann{house};
  BrowserForTests bob{house};
};

TEST_F(OwnerRoutesTest, a_name_is_enough_for_a_room) {
  EXPECT_EQ(location(ann.submit("/rooms/new", {{"name", "den"}})), kRoom);
  EXPECT_EQ(bob.get(kRoom).status, 200);
  EXPECT_EQ(BrowserForTests{house}.get(kRoom).status, 303);
}

TEST_F(OwnerRoutesTest, the_settings_show_what_was_chosen_and_can_be_altered) {
  ann.submit("/rooms/new", {{"name", "den"},
                            {"topic", "tea & cake"},
                            {"entry", "listed"},
                            {"handles", "bob, cy"},
                            {"reposts", "on"}});
  const std::string page = ann.get(at("/settings")).body;
  EXPECT_THAT(page, HasSubstr("value=\"den\""));
  EXPECT_THAT(page, HasSubstr("value=\"tea &amp; cake\""));
  EXPECT_THAT(page, HasSubstr("value=\"listed\" checked"));
  EXPECT_THAT(page, HasSubstr(">bob, cy</textarea>"));
  EXPECT_THAT(page, HasSubstr("name=\"reposts\" value=\"on\" checked"));
  EXPECT_EQ(location(ann.submit(at("/settings"), {{"name", "closed den"}, {"entry", "closed"}})),
            kRoom);
  const auto door = bob.get(kRoom);
  EXPECT_EQ(door.status, 403);
  EXPECT_THAT(door.body, HasSubstr("closed at the moment"));
}

TEST_F(OwnerRoutesTest, a_refused_form_is_shown_again_as_typed_but_for_the_passphrase) {
  const auto page = ann.submit("/rooms/new", {{"name", "den"},
                                              {"topic", std::string(300, 'x')},
                                              {"entry", "passphrase"},
                                              {"passphrase", "open sesame"}});
  EXPECT_EQ(page.status, 413);
  EXPECT_THAT(page.body, HasSubstr("at most 200 characters"));
  EXPECT_THAT(page.body, HasSubstr(std::string(300, 'x')));
  EXPECT_THAT(page.body, HasSubstr("value=\"passphrase\" checked"));
  EXPECT_THAT(page.body, Not(HasSubstr("open sesame")));
}

TEST_F(OwnerRoutesTest, forged_and_endless_fields_are_refused_kindly) {
  const auto status = [&](std::map<std::string, std::string> form) {
    return ann.submit("/rooms/new", std::move(form)).status;
  };
  EXPECT_EQ(status({{"name", "den"}, {"entry", "bogus"}}), 400);
  EXPECT_EQ(status({{"name", std::string(10'000, 'x')}}), 413);
  EXPECT_EQ(status({{"name", "den"}, {"handles", "a:b"}}), 400);
  EXPECT_EQ(status({{"name", "den"}, {"entry", "passphrase"}, {"passphrase", "abc"}}), 400);
  EXPECT_EQ(status({{"name", "den"}, {"topic", "\xff"}}), 400);
  EXPECT_EQ(ann.get("/rooms/ann/1").status, 404);
}

TEST_F(OwnerRoutesTest, others_cannot_use_an_owners_forms) {
  ann.submit("/rooms/new", {{"name", "den"}});
  for (const char* act : {"/settings", "/remove", "/readmit", "/delete"}) {
    EXPECT_EQ(bob.get(at(act)).status, 403) << act;
    const auto answer = bob.submit(at(act), {{"name", "bob's"}, {"handle", "ann"}, {"sure", "on"}});
    EXPECT_EQ(answer.status, 403) << act;
    EXPECT_EQ(ann.post(at(act), {{"name", "x"}, {"sure", "on"}}).status, 403) << act;
  }
  EXPECT_THAT(ann.get(kRoom).body, HasSubstr("<title>den"));
}

TEST_F(OwnerRoutesTest, people_are_shown_out_and_let_in_again) {
  ann.submit("/rooms/new", {{"name", "den"}});
  bob.get(kRoom);
  EXPECT_THAT(ann.get(at("/settings")).body, HasSubstr("aria-label=\"Show out: bob\""));
  EXPECT_EQ(location(ann.submit(at("/remove"), {{"handle", "bob"}})), at("/settings"));
  EXPECT_EQ(bob.get(kRoom).status, 403);
  EXPECT_EQ(bob.submit(at("/speak"), {{"line", "but"}}).status, 403);
  EXPECT_THAT(bob.get("/").body, Not(HasSubstr(kRoom)));
  EXPECT_THAT(ann.get(at("/settings")).body, HasSubstr("aria-label=\"Let in again: bob\""));
  ann.submit(at("/readmit"), {{"handle", "bob"}});
  EXPECT_EQ(bob.get(kRoom).status, 200);
  EXPECT_EQ(ann.submit(at("/remove"), {{"handle", "nobody"}}).status, 404);
}

TEST_F(OwnerRoutesTest, a_room_is_deleted_only_when_one_is_sure) {
  ann.submit("/rooms/new", {{"name", "den"}});
  EXPECT_EQ(ann.submit(at("/delete")).status, 400);
  EXPECT_EQ(ann.get(kRoom).status, 200);
  EXPECT_EQ(location(ann.submit(at("/delete"), {{"sure", "on"}})), "/");
  EXPECT_EQ(ann.get(kRoom).status, 404);
  EXPECT_EQ(location(ann.submit("/rooms/new", {{"name", "den"}})), "/rooms/ann/2");
}

}  // namespace
}  // namespace retrochat
