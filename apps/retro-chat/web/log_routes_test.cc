#include "web/log_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "text/limits.h"
#include "web/house_for_tests.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kLobby = "/rooms/retro/1";

class LogRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ann.sign_up("ann");
    ann.get(kLobby);
  }
  static std::size_t lines_on(const std::string& page) {
    std::size_t lines = 0;
    const std::string_view line = "<span class=\"line\"";
    for (auto at = page.find(line); at != std::string::npos; at = page.find(line, at + 1)) ++lines;
    return lines;
  }
  void say(const std::string& line) { ann.submit(kLobby + "/speak", {{"line", line}}); }

  HouseForTests house;
  BrowserForTests ann{house};
};

TEST_F(LogRoutesTest, the_text_has_a_heading_and_a_line_for_each_line) {
  say("hello\n2026-01-01 00:00:00 bob: forged");
  const auto text = ann.get(kLobby + "/log.txt");
  EXPECT_EQ(BrowserForTests::field(text, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_THAT(BrowserForTests::field(text, "Content-Disposition"),
              StartsWith("attachment; filename=\"retro-chat-retro-1-20"));
  EXPECT_THAT(text.body, StartsWith("# Room: "));
  EXPECT_THAT(text.body, HasSubstr("# Place: retro/1\n"));
  EXPECT_THAT(text.body, HasSubstr("# Times: UTC"));
  EXPECT_THAT(text.body, HasSubstr(" ann: hello 2026-01-01 00:00:00 bob: forged\n"));
  EXPECT_THAT(text.body, Not(HasSubstr(" * ann")));
  EXPECT_THAT(ann.get(kLobby + "/log.txt?moves=1").body, HasSubstr(" * ann came in\n"));
}

TEST_F(LogRoutesTest, older_events_are_told_to_scripts) {
  for (int i = 0; i < 60; ++i) say("line " + std::to_string(i));
  house.time.pass(std::chrono::minutes{2});
  for (int i = 60; i < 120; ++i) say("line " + std::to_string(i));
  ann.fields["Accept"] = "application/json";
  const auto newest = boost::json::parse(ann.get(kLobby + "/older").body).as_object();
  EXPECT_EQ(newest.at("events").as_array().size(), 100U);
  EXPECT_TRUE(newest.at("more").as_bool());
  const auto first = newest.at("events").at(0).at("event").as_int64();
  const auto rest =
      boost::json::parse(ann.get(kLobby + "/older?before=" + std::to_string(first)).body)
          .as_object();
  EXPECT_FALSE(rest.at("more").as_bool());
  EXPECT_EQ(rest.at("events").as_array().back().at("event").as_int64(), first - 1);
}

TEST_F(LogRoutesTest, a_hit_is_marked_and_leads_to_its_place) {
  say("<b>old</b> machines");
  const std::string found = ann.get(kLobby + "/search?q=%3Cb%3E").body;
  EXPECT_THAT(found, HasSubstr("<mark>&lt;b&gt;</mark>old&lt;/b&gt; machines"));
  const std::string link =
      BrowserForTests::between("<a href=\"" + kLobby + "/older?around=", "\"", found);
  ASSERT_THAT(link, HasSubstr("#e"));
  const std::string number = link.substr(0, link.find('#'));
  EXPECT_THAT(ann.get(kLobby + "/older?around=" + number).body,
              HasSubstr("id=\"e" + number + "\""));
}

TEST_F(LogRoutesTest, what_finds_nothing_and_what_is_too_long_have_kind_words) {
  EXPECT_THAT(ann.get(kLobby + "/search?q=xyzzy").body, HasSubstr("Nothing was found."));
  const auto refused = ann.get(kLobby + "/search?q=" + std::string(101, 'x'));
  EXPECT_EQ(refused.status, 413);
  EXPECT_THAT(refused.body, HasSubstr("at most 100 characters"));
  EXPECT_EQ(ann.get(kLobby + "/search?q=%ff").status, 400);
  EXPECT_EQ(ann.get(kLobby + "/search").status, 200);
}

TEST_F(LogRoutesTest, searches_are_bounded_for_each_person) {
  say("machines");
  for (std::size_t i = 0; i < limits::kSearchesOfPerson; ++i)
    EXPECT_EQ(ann.get(kLobby + "/search?q=machines").status, 200);
  const auto refused = ann.get(kLobby + "/search?q=machines");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(BrowserForTests::field(refused, "Retry-After"), "60");
  EXPECT_THAT(refused.body, HasSubstr("Please wait a moment"));
  EXPECT_THAT(refused.body, HasSubstr("value=\"machines\""));
  EXPECT_THAT(refused.body, Not(HasSubstr("Nothing was found.")));
  EXPECT_EQ(ann.get(kLobby + "/search").status, 200) << "the form alone costs nothing";
  BrowserForTests bob(house);
  bob.sign_up("bob");
  EXPECT_EQ(bob.get(kLobby + "/search?q=machines").status, 200);
}

TEST_F(LogRoutesTest, numbers_that_make_no_sense_show_the_newest) {
  say("the newest");
  for (const char* query : {"?before=x", "?around=-1", "?after=99999999999999999999", "?before="})
    EXPECT_THAT(ann.get(kLobby + "/older" + query).body, HasSubstr("the newest")) << query;
}

TEST_F(LogRoutesTest, another_language_or_look_shows_the_same_page) {
  for (const char* line : {"oolong one", "oolong two", "coffee"}) say(line);
  struct Asked {
    std::string page;
    std::string query;
    std::string in_html;
    std::size_t lines;
  };
  for (const auto& [page, query, in_html, lines] :
       {Asked{"/search", "q=oolong&before=9", "q=oolong&amp;before=9", 1},
        Asked{"/search", "q=%E3%81%82+oolong", "q=%E3%81%82+oolong", 0},
        Asked{"/older", "before=9", "before=9", 5}, Asked{"/older", "around=8", "around=8", 7},
        Asked{"/older", "after=8", "after=8", 2}}) {
    const std::string address = kLobby + page + "?" + query;
    const std::string shown = ann.get(address).body;
    EXPECT_EQ(lines_on(shown), lines) << address;
    for (const std::string choice : {"lang=ja", "palette=amber", "scheme=dark"}) {
      EXPECT_THAT(shown, HasSubstr("href=\"?" + in_html + "&amp;" + choice + "\"")) << address;
      EXPECT_EQ(lines_on(ann.get(address + "&" + choice).body), lines) << address << choice;
      ann.get(kLobby + "?lang=en");
    }
    // A choice in the address gives way to the next one.
    EXPECT_THAT(ann.get(address + "&lang=ja").body,
                HasSubstr("href=\"?" + in_html + "&amp;lang=en\""));
    ann.get(kLobby + "?lang=en");
  }
}

TEST_F(LogRoutesTest, who_may_not_enter_reads_nothing) {
  BrowserForTests stranger(house);
  for (const char* what : {"/older", "/search?q=welcome", "/log.txt"}) {
    const auto turned_away = stranger.get(kLobby + what);
    EXPECT_EQ(turned_away.status, 303) << what;
    EXPECT_EQ(BrowserForTests::field(turned_away, "Location"), "/sign-in?to=/rooms/retro/1");
    EXPECT_EQ(ann.get(std::string("/rooms/nobody/1") + what).status, 404) << what;
  }
  stranger.fields["Accept"] = "application/json";
  EXPECT_EQ(stranger.get(kLobby + "/older").status, 401);
}

}  // namespace
}  // namespace retrochat
