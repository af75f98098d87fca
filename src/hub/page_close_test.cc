// A page that goes away and says so in a request of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/http_page.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// With one loop, and with two, of which the goodbye comes to the other.
class PageCloseTest : public HttpPagesTest, public testing::WithParamInterface<std::size_t> {
 protected:
  void SetUp() override {
    start({}, GetParam());
    ann_ = token("ann");
  }
  void say_goodbye(const Asking& asking) {
    HttpPage& beacon = http(GetParam() - 1);
    beacon.ask("/close", asking);
    turn();
    EXPECT_THAT(beacon.told(), ElementsAre("204"));
  }

  std::string ann_;
};

std::string loops_of(const testing::TestParamInfo<std::size_t>& loops) {
  return std::to_string(loops.param);
}
INSTANTIATE_TEST_SUITE_P(Loops, PageCloseTest, testing::Values(1U, 2U), loops_of);

TEST_P(PageCloseTest, ends_the_session_it_names_on_every_transport) {
  HttpPage& streaming = stream({.token = ann_});
  HttpPage& polling = held({.token = ann_, .cursor = "e1-0", .session = "poll"});
  Browser& socket = connect();
  socket.open(ann_);
  turn();
  socket.told();
  say_goodbye({.token = ann_, .session = streaming.session()});
  EXPECT_THAT(streaming.told(), ElementsAre("end"));
  EXPECT_THAT(polling.told(), IsEmpty());
  say_goodbye({.token = ann_, .session = "poll"});
  EXPECT_THAT(polling.told(), ElementsAre("o e1-0 recovered"));
  EXPECT_THAT(socket.told(), IsEmpty());
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  say_goodbye({.token = ann_, .session = socket.session()});
  EXPECT_THAT(socket.told(), ElementsAre("close 1000"));
  EXPECT_THAT(edges(), ElementsAre("-ann")) << "at once";
  EXPECT_EQ(sessions(), 0U);
}

TEST_P(PageCloseTest, ends_all_sessions_of_the_token_when_it_names_none) {
  HttpPage& streaming = stream({.token = ann_});
  HttpPage& polling = held({.token = ann_, .cursor = "e1-0"});
  HttpPage& another = stream({.token = token("ann")});
  HttpPage& bob = stream({.token = token("bob")});
  say_goodbye({.token = ann_});
  EXPECT_THAT(streaming.told(), ElementsAre("end"));
  EXPECT_THAT(polling.told(), ElementsAre("o e1-0 recovered"));
  EXPECT_THAT(another.told(), IsEmpty());
  EXPECT_THAT(bob.told(), IsEmpty());
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob"));
  send("ann", "x");
  turn();
  EXPECT_THAT(another.told(), ElementsAre("m3 x"));
}

TEST_P(PageCloseTest, ends_a_session_of_the_token_that_is_behind) {
  HttpPage& behind = stream({.token = ann_}, 0, HttpPage::Pipe::narrow);
  for (int i = 0; i < 200; ++i) send("ann", std::string(1'000, 'x'));
  turn();
  say_goodbye({.token = ann_});
  EXPECT_EQ(sessions(), 0U);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  EXPECT_GT(behind.end().read(), 0U);
}

TEST_P(PageCloseTest, is_heard_between_two_polls) {
  HttpPage& page = http();
  EXPECT_THAT(polled(page, {.token = ann_}), ElementsAre("o e1-0 recovered"));
  say_goodbye({.token = ann_, .session = page.session()});
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  EXPECT_EQ(hub_->present(), 0U);
  pass(1h);
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_P(PageCloseTest, is_heard_while_a_lost_page_may_still_come_back) {
  HttpPage& page = stream({.token = ann_});
  page.hang_up();
  turn();
  say_goodbye({.token = ann_, .session = page.session()});
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
}

TEST_P(PageCloseTest, ends_nobody_whom_it_does_not_mean) {
  HttpPage& ann = stream({.token = ann_});
  say_goodbye({.token = token("bob"), .session = ann.session()});
  say_goodbye({.token = token("bob")});
  for (const char* word : {"", "0", "unknown", "Not A Word", "zzzzzzzzzzzzzzz"})
    say_goodbye({.token = ann_, .session = word});
  send("ann", "x");
  turn();
  EXPECT_THAT(ann.told(), ElementsAre("m2 x"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PageCloseTest, leaves_the_page_free_to_come_again) {
  for (int i = 0; i < 3; ++i) {
    HttpPage& page = stream({.token = ann_, .cursor = "e1-0", .session = "word"});
    EXPECT_EQ(page.session(), "word");
    say_goodbye({.token = ann_, .session = "word"});
    EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  }
}

}  // namespace
}  // namespace tayori::hub
