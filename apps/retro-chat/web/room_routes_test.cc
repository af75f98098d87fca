#include "web/room_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "text/limits.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kLobby = "/rooms/retro/1";

class RoomRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override { ann.sign_up("ann"); }

  static std::string field(const tayori::HttpResponse& response, std::string_view name) {
    return BrowserForTests::field(response, name);
  }
  tayori::HttpResponse say(const std::string& line) {
    return ann.submit(std::string(kLobby) + "/speak", {{"line", line}});
  }

  HouseForTests house;
  BrowserForTests ann{house};
};

TEST_F(RoomRoutesTest, the_page_has_a_token_a_form_and_the_lines_so_far) {
  const auto page = ann.get(kLobby);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(BrowserForTests::hidden("channel_token", page.body), "token-1-of:retro/1/ann");
  EXPECT_THAT(page.body, HasSubstr("name=\"line\""));
  EXPECT_THAT(page.body, HasSubstr("Welcome to Retro Chat."));
  EXPECT_THAT(page.body, HasSubstr("<script src=\"/_ah/channel/jsapi\"></script>"));
  EXPECT_THAT(page.body, HasSubstr("data-who=\"ann\""));
}

TEST_F(RoomRoutesTest, forms_work_without_a_script) {
  ann.get(kLobby);
  const auto spoken = say("hello, everybody");
  EXPECT_EQ(spoken.status, 303);
  EXPECT_EQ(field(spoken, "Location"), kLobby);
  EXPECT_THAT(ann.get(kLobby).body, HasSubstr("hello, everybody"));
  EXPECT_EQ(field(ann.submit(std::string(kLobby) + "/away"), "Location"), kLobby);
  EXPECT_THAT(ann.get(kLobby).body, HasSubstr("class=\"member away\" data-who=\"ann\""));
  ann.submit(std::string(kLobby) + "/back");
  EXPECT_THAT(ann.get(kLobby).body, HasSubstr("class=\"member here\" data-who=\"ann\""));
  EXPECT_EQ(field(ann.submit(std::string(kLobby) + "/leave"), "Location"), "/");
  EXPECT_THAT(ann.get("/").body, Not(HasSubstr("class=\"who c2 here\"")));
}

TEST_F(RoomRoutesTest, forms_of_two_pages_of_one_moment_are_two) {
  const std::string one = BrowserForTests::hidden("once", ann.get(kLobby).body);
  const std::string two = BrowserForTests::hidden("once", ann.get(kLobby).body);
  EXPECT_TRUE(Once::parse(one) && Once::parse(two));
  EXPECT_NE(one, two);
  for (const std::string& once : {one, two, two, one})
    ann.submit(std::string(kLobby) + "/speak", {{"line", "yes"}, {"once", once}});
  const std::string page = ann.get(kLobby).body;
  const std::size_t first = page.find(">yes</span>");
  ASSERT_NE(first, std::string::npos);
  const std::size_t second = page.find(">yes</span>", first + 1);
  EXPECT_NE(second, std::string::npos);
  EXPECT_EQ(page.find(">yes</span>", second + 1), std::string::npos);
}

TEST_F(RoomRoutesTest, what_people_write_stays_text) {
  ann.get(kLobby);
  say("<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\" '");
  const std::string page = ann.get(kLobby).body;
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST_F(RoomRoutesTest, a_line_that_is_too_long_is_given_back) {
  const std::string line(10'000, 'x');
  const auto page = say(line);
  EXPECT_EQ(page.status, 413);
  EXPECT_THAT(page.body, HasSubstr("at most 1000 characters"));
  EXPECT_THAT(page.body, HasSubstr(line));
  EXPECT_THAT(page.body, HasSubstr("href=\"/rooms/retro/1\""));
}

TEST_F(RoomRoutesTest, refusals_have_their_status) {
  EXPECT_EQ(say(" ").status, 400);
  EXPECT_EQ(say("\xff\xfe").status, 400);
  EXPECT_EQ(ann.post(std::string(kLobby) + "/speak", {{"line", "no token"}}).status, 403);
  EXPECT_EQ(ann.get("/rooms/retro/2").status, 404);
  EXPECT_EQ(ann.get("/rooms/nobody/1").status, 404);
  EXPECT_EQ(ann.get("/rooms/%3Cb%3E/x").status, 404);
  EXPECT_EQ(ann.submit("/rooms/nobody/1/speak", {{"line", "x"}}).status, 404);
}

TEST_F(RoomRoutesTest, a_refused_form_can_be_reloaded) {
  EXPECT_EQ(field(ann.get(std::string(kLobby) + "/speak"), "Location"), kLobby);
  EXPECT_EQ(ann.get("/rooms/nobody/1/speak").status, 404);
}

TEST_F(RoomRoutesTest, there_is_a_page_for_what_is_not_there) {
  for (const char* address : {"/nothing", "/a/b/c", "/rooms/retro/1/dance", "/favicon.ico"}) {
    const auto page = ann.get(address);
    EXPECT_EQ(page.status, 404) << address;
    EXPECT_THAT(page.body, HasSubstr("There is nothing at this address.")) << address;
  }
}

TEST_F(RoomRoutesTest, a_stranger_is_led_to_sign_in) {
  BrowserForTests stranger(house);
  EXPECT_EQ(field(stranger.get("/rooms/new"), "Location"), "/sign-in?to=/rooms/new");
  const auto left = stranger.post(std::string(kLobby) + "/leave", {});
  EXPECT_EQ(left.status, 303);
  EXPECT_EQ(field(left, "Location"), "/sign-in?to=/rooms/retro/1");
  EXPECT_EQ(stranger.get("/rooms/retro/99").status, 404);
}

TEST_F(RoomRoutesTest, what_was_written_after_the_session_was_over_is_given_back) {
  BrowserForTests stranger(house);
  const auto refused = stranger.post(std::string(kLobby) + "/speak", {{"line", "a long thought"}});
  EXPECT_EQ(refused.status, 401);
  EXPECT_THAT(refused.body, HasSubstr("a long thought"));
  EXPECT_THAT(refused.body, HasSubstr("href=\"/rooms/retro/1\""));
}

TEST_F(RoomRoutesTest, a_script_is_answered_in_json) {
  ann.get(kLobby);
  const std::string token = ann.form_token();
  ann.fields["Accept"] = "application/json";
  const auto good =
      ann.post(std::string(kLobby) + "/speak", {{"line", "hi"}, {"form_token", token}});
  EXPECT_EQ(good.status, 200);
  const auto bad = ann.post(std::string(kLobby) + "/speak", {{"line", ""}, {"form_token", token}});
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(boost::json::parse(bad.body).at("code").as_string(), "line_blank");
  EXPECT_EQ(boost::json::parse(bad.body).at("title").as_string(), "Please write something first.");
  BrowserForTests stranger(house);
  stranger.fields["Accept"] = "application/json";
  EXPECT_EQ(stranger.post(std::string(kLobby) + "/poll", {}).status, 401);
}

TEST_F(RoomRoutesTest, a_poll_brings_what_was_missed_and_a_token_when_due) {
  const auto page = ann.get(kLobby).body;
  say("missed");
  const auto poll = [&](const std::string& token, const std::string& issued) {
    const auto response =
        ann.submit(std::string(kLobby) + "/poll",
                   {{"channel_token", token}, {"channel_issued", issued}, {"after", "7"}});
    EXPECT_EQ(response.status, 200);
    return boost::json::parse(response.body).as_object();
  };
  const std::string token = BrowserForTests::hidden("channel_token", page);
  const std::string issued = BrowserForTests::hidden("channel_issued", page);
  const auto soon = poll(token, issued);
  EXPECT_EQ(soon.at("last").as_int64(), 8);
  EXPECT_EQ(soon.at("events").as_array().size(), 1U);
  EXPECT_EQ(soon.at("members").as_array().size(), 1U);
  EXPECT_FALSE(soon.contains("token"));
  house.time.pass(std::chrono::minutes{90});
  EXPECT_TRUE(poll(token, issued).contains("token"));
}

TEST_F(RoomRoutesTest, an_owner_opens_numbered_rooms) {
  EXPECT_EQ(field(ann.submit("/rooms/new", {{"name", "den"}}), "Location"), "/rooms/ann/1");
  EXPECT_EQ(field(ann.submit("/rooms/new", {{"name", "<i>study</i>"}}), "Location"),
            "/rooms/ann/2");
  EXPECT_THAT(ann.get("/").body, HasSubstr("&lt;i&gt;study&lt;/i&gt;"));
  EXPECT_EQ(ann.submit("/rooms/new", {{"name", " "}}).status, 400);
  EXPECT_EQ(ann.submit("/rooms/new", {{"name", std::string(500, 'x')}}).status, 413);
  EXPECT_EQ(ann.post("/rooms/new", {{"name", "den"}}).status, 403);
}

TEST_F(RoomRoutesTest, the_entrance_shows_who_is_inside) {
  ann.get(kLobby);
  BrowserForTests stranger(house);
  EXPECT_THAT(stranger.get("/").body, HasSubstr("here\">ann</bdi>"));
}

TEST_F(RoomRoutesTest, signing_out_leaves_the_room) {
  ann.get(kLobby);
  ann.submit("/sign-out");
  EXPECT_THAT(BrowserForTests(house).get("/").body, Not(HasSubstr(">ann</bdi>")));
}

TEST_F(RoomRoutesTest, every_page_is_guarded) {
  for (const char* address : {"/", "/sign-up", "/sign-in", "/rooms/new", kLobby, "/rooms/none/1"}) {
    BrowserForTests stranger(house);
    for (BrowserForTests* browser : {&ann, &stranger}) {
      const auto page = browser->get(address);
      EXPECT_EQ(field(page, "Cache-Control"), "no-store") << address;
      EXPECT_EQ(field(page, "X-Content-Type-Options"), "nosniff") << address;
      EXPECT_EQ(field(page, "Referrer-Policy"), "same-origin") << address;
      if (page.status == 303) continue;
      EXPECT_THAT(field(page, "Content-Security-Policy"), HasSubstr("script-src 'self';"))
          << address;
      EXPECT_THAT(field(page, "Content-Security-Policy"), Not(HasSubstr("unsafe"))) << address;
    }
  }
}

TEST_F(RoomRoutesTest, the_language_asked_for_is_remembered) {
  EXPECT_THAT(ann.get("/").body, HasSubstr("<html lang=\"en\""));
  EXPECT_THAT(ann.get("/?lang=ja").body, HasSubstr("<html lang=\"ja\""));
  EXPECT_THAT(ann.get("/").body, HasSubstr("<html lang=\"ja\""));
  EXPECT_THAT(ann.get("/?lang=xx").body, HasSubstr("<html lang=\"ja\""));
}

TEST_F(RoomRoutesTest, files_are_kept_for_good_under_an_address_of_their_content) {
  const std::string page = ann.get(kLobby).body;
  for (const char* file : {"retro.css", "retro.js", "icon.svg"}) {
    const std::size_t end = page.find("/" + std::string(file) + "\"");
    ASSERT_NE(end, std::string::npos) << file;
    const std::string address =
        page.substr(page.rfind('"', end) + 1, end - page.rfind('"', end)) + file;
    EXPECT_THAT(address, ::testing::StartsWith("/static/"));
    const auto response = ann.get(address);
    EXPECT_EQ(response.status, 200);
    EXPECT_FALSE(response.body.empty());
    EXPECT_THAT(field(response, "Cache-Control"), HasSubstr("immutable"));
    EXPECT_THAT(field(ann.get("/static/000000000000/" + std::string(file)), "Cache-Control"),
                HasSubstr("no-cache"));
  }
  EXPECT_EQ(ann.get("/static/000000000000/nothing.js").status, 404);
}

TEST(RoomRoutesElsewhere, take_the_channel_from_where_it_is_and_let_pages_connect_there_only) {
  HouseForTests house("", [](ChatOptions& options) {
    options.channel_script = *ChannelScript::of("https://push.example.org:8443/t", "/c/");
  });
  BrowserForTests ann(house);
  ann.sign_up("ann");
  const auto page = ann.get(kLobby);
  EXPECT_THAT(page.body,
              HasSubstr("<script src=\"https://push.example.org:8443/t/c/jsapi\"></script>"));
  const auto policy = BrowserForTests::field(page, "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("script-src 'self' https://push.example.org:8443;"));
  EXPECT_THAT(policy, HasSubstr("connect-src 'self' https://push.example.org:8443 "
                                "wss://push.example.org:8443;"));
  EXPECT_THAT(policy, HasSubstr("style-src 'self';"));
}

}  // namespace
}  // namespace retrochat
