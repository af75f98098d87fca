#include "web/door_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/limits.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kLobby = "/rooms/retro/1";

class DoorRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override { ann.sign_up("ann"); }
  static std::string location(const tayori::HttpResponse& response) {
    return BrowserForTests::field(response, "Location");
  }

  HouseForTests house;
  BrowserForTests ann{house};
  BrowserForTests stranger{house};
};

TEST_F(DoorRoutesTest, a_stranger_may_come_in_as_a_guest_where_everyone_may) {
  const auto door = stranger.get(kLobby);
  EXPECT_EQ(door.status, 200);
  EXPECT_THAT(door.body, HasSubstr("Come in as a guest"));
  EXPECT_THAT(door.body, Not(HasSubstr("channel_token")));
  EXPECT_EQ(stranger.post("/guest", {{"to", kLobby}}).status, 403);
  const auto in = stranger.post(
      "/guest", {{"to", kLobby}, {"form_token", BrowserForTests::hidden("form_token", door.body)}});
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(location(in), kLobby);
  const auto room = stranger.get(kLobby);
  EXPECT_THAT(room.body, HasSubstr("data-me=\"guest-"));
  EXPECT_EQ(stranger.submit(std::string(kLobby) + "/speak", {{"line", "hello"}}).status, 303);
  EXPECT_THAT(ann.get(kLobby).body, HasSubstr("hello"));
}

TEST_F(DoorRoutesTest, the_entrance_lets_a_stranger_into_the_lobby_as_a_guest) {
  const std::string entrance = stranger.get("/").body;
  EXPECT_EQ(BrowserForTests::hidden("to", entrance), kLobby);
  EXPECT_EQ(stranger.post("/guest", {{"to", kLobby}, {"form_token", "forged"}}).status, 403);
  const std::string token = BrowserForTests::hidden("form_token", entrance);
  EXPECT_EQ(location(stranger.post("/guest", {{"to", kLobby}, {"form_token", token}})), kLobby);
  EXPECT_THAT(stranger.get(kLobby).body, HasSubstr("data-me=\"guest-"));
  EXPECT_THAT(stranger.get("/").body, Not(HasSubstr("action=\"/guest\"")));
}

TEST_F(DoorRoutesTest, a_guest_is_asked_to_sign_in_where_people_have_to) {
  ann.submit("/rooms/new", {{"name", "den"}});
  stranger.post("/guest", {{"to", "/"}});
  EXPECT_EQ(location(stranger.get("/rooms/ann/1")), "/sign-in?to=/rooms/ann/1");
  EXPECT_EQ(stranger.get("/sign-in?to=/rooms/ann/1").status, 200);
  const auto desk = stranger.get("/sign-up?to=/rooms/ann/1");
  EXPECT_EQ(stranger.get("/rooms/new").status, 403);
  EXPECT_EQ(stranger.submit("/rooms/new", {{"name", "mine"}}).status, 403);
  const auto up = stranger.post(
      "/sign-up",
      {{"handle", "bob"},
       {"passphrase", "a few words in a row"},
       {"to", "/rooms/ann/1"},
       {"form_token", BrowserForTests::hidden(
                          "form_token", desk.body.substr(desk.body.find("action=\"/sign-up\"")))}});
  EXPECT_EQ(location(up), "/rooms/ann/1");
  EXPECT_THAT(stranger.get("/rooms/ann/1").body, HasSubstr("data-me=\"bob\""));
}

TEST_F(DoorRoutesTest, nobody_signs_up_under_a_guests_name) {
  EXPECT_EQ(stranger.sign_up("Guest-me").status, 409);
}

TEST_F(DoorRoutesTest, guests_are_bounded_and_come_from_this_site) {
  stranger.fields["Origin"] = "https://elsewhere.test";
  EXPECT_EQ(stranger.post("/guest", {{"to", kLobby}}).status, 403);
  for (std::size_t i = 0; i < limits::kGuestsOfPeer; ++i) {
    BrowserForTests one{house};
    EXPECT_EQ(one.post("/guest", {}).status, 303);
  }
  BrowserForTests one_more{house};
  const auto refused = one_more.post("/guest", {});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(BrowserForTests::field(refused, "Retry-After"), "3600");
}

TEST_F(DoorRoutesTest, a_room_asks_for_its_passphrase_once) {
  ann.submit("/rooms/new",
             {{"name", "den"}, {"entry", "passphrase"}, {"passphrase", "open sesame"}});
  stranger.post("/guest", {{"to", "/rooms/ann/1"}});
  const auto door = stranger.get("/rooms/ann/1");
  EXPECT_EQ(door.status, 403);
  EXPECT_THAT(door.body, HasSubstr("action=\"/rooms/ann/1/knock\""));
  EXPECT_THAT(door.body, Not(HasSubstr("role=\"alert\"")));
  const auto wrong = stranger.submit("/rooms/ann/1/knock", {{"passphrase", "open barley"}});
  EXPECT_EQ(wrong.status, 403);
  EXPECT_THAT(wrong.body, HasSubstr("not the room&#39;s passphrase"));
  EXPECT_EQ(location(stranger.submit("/rooms/ann/1/knock", {{"passphrase", "open sesame"}})),
            "/rooms/ann/1");
  EXPECT_EQ(stranger.get("/rooms/ann/1").status, 200);
}

TEST_F(DoorRoutesTest, rooms_are_found_by_their_owners_handle) {
  ann.submit("/rooms/new", {{"name", "den"}, {"topic", "tea"}, {"entry", "everyone"}});
  ann.submit("/rooms/new", {{"name", "attic"}, {"entry", "closed"}});
  EXPECT_THAT(stranger.get("/").body, HasSubstr("action=\"/find\""));
  EXPECT_EQ(location(stranger.get("/find?handle=@Ann")), "/rooms/Ann");
  const std::string page = stranger.get("/rooms/Ann").body;
  EXPECT_THAT(page, HasSubstr("den"));
  EXPECT_THAT(page, HasSubstr("tea"));
  EXPECT_THAT(page, Not(HasSubstr("attic")));
  EXPECT_THAT(ann.get("/rooms/ann").body, HasSubstr("attic"));
  EXPECT_EQ(stranger.get("/rooms/nobody").status, 404);
  EXPECT_EQ(stranger.get("/find?handle=%3Cb%3E").status, 400);
  EXPECT_EQ(stranger.get("/find").status, 400);
}

TEST_F(DoorRoutesTest, the_entrance_lists_what_one_may_enter) {
  ann.submit("/rooms/new", {{"name", "attic"}, {"entry", "closed"}});
  EXPECT_THAT(ann.get("/").body, HasSubstr("href=\"/rooms/ann/1/settings\""));
  EXPECT_THAT(stranger.get("/").body, Not(HasSubstr("attic")));
  EXPECT_THAT(stranger.get("/").body, HasSubstr(kLobby));
}

/// How many of three guests from different addresses, all through the proxy at 127.0.0.1, come in when one has used all its turns.
int guests_let_in(const std::vector<Network>& trusted) {
  HouseForTests house("", [&](ChatOptions& options) { options.trusted_proxies = trusted; });
  const auto come = [&house](const std::string& address) {
    BrowserForTests browser(house);
    browser.peer = "127.0.0.1";
    browser.fields["X-Forwarded-For"] = address;
    return browser.post("/guest", {{"to", "/rooms/retro/1"}}).status;
  };
  for (std::size_t i = 0; i < limits::kGuestsOfPeer; ++i) EXPECT_EQ(come("192.0.2.1"), 303);
  int let_in = 0;
  for (const char* address : {"192.0.2.1", "192.0.2.2", "192.0.2.3"})
    let_in += come(address) == 303 ? 1 : 0;
  return let_in;
}

TEST(DoorRoutesBehindAProxy, people_are_counted_by_the_address_that_a_trusted_proxy_names) {
  EXPECT_EQ(guests_let_in({*Network::parse("127.0.0.1")}), 2);
  EXPECT_EQ(guests_let_in({}), 0) << "anybody could write the field";
}

}  // namespace
}  // namespace retrochat
