#include "hub/hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class HubItselfTest : public HubTest {};

TEST_F(HubItselfTest, answers_where_a_message_stands_and_how_many_sessions_it_was_handed_to) {
  start({}, 2);
  open("ann", {"room"});
  open("ann", {}, 1);
  open("bob", {"room"}, 1);
  EXPECT_EQ(send("ann", "x").cursor.text(), "e1-3") << "behind the coming of two clients";
  EXPECT_EQ(send("ann", "x").sessions, 2U);
  EXPECT_EQ(send_group("room", "x").sessions, 2U);
  EXPECT_EQ(broadcast("x").sessions, 3U);
  const Sent absent = send("cid", "x");
  EXPECT_EQ(absent.sessions, 0U) << "no error: the message waits in the log";
  EXPECT_EQ(absent.cursor.text(), "e1-7");
}

TEST_F(HubItselfTest, publishes_without_anybody_who_wants_to_know) {
  start();
  Browser& page = open("ann");
  hub_->publish({broker::Topic::everyone(), *Payload::parse("x")}, {});
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 x"));
}

TEST_F(HubItselfTest, bookmarks_the_head_of_the_log) {
  start();
  for (int i = 0; i < 36; ++i) broadcast("x");
  const auto claims = hub_->read_token(token("ann"));
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->bookmark->text(), "e1-10");
}

TEST_F(HubItselfTest, counts_what_it_holds_and_who_is_there) {
  start(with({.age = 600s}));
  open("ann");
  broadcast("x");
  EXPECT_EQ(hub_->held().messages, 1U);
  EXPECT_EQ(hub_->present(), 1U);
  pass(601s);
  EXPECT_EQ(hub_->held().messages, 0U) << "a sweep lets go what is too old";
}

TEST_F(HubItselfTest, gives_dev_pages_what_others_get) {
  start();
  const auto claims = hub_->read_token(token("ann"));
  send("ann", "x");
  const auto message = hub_->dev_polls().poll(*claims, clock_.steady());
  ASSERT_TRUE(message);
  EXPECT_EQ(message->data(), "x");
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(2'001ms);
  EXPECT_THAT(edges(), ElementsAre("-ann")) << "a sweep notices that it is gone";
}

TEST_F(HubItselfTest, takes_a_dev_page_and_another_for_one_client) {
  start();
  Browser& page = open("ann");
  const auto claims = hub_->read_token(token("ann"));
  hub_->dev_polls().connect(*claims, clock_.steady());
  page.say("c");
  turn();
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  hub_->dev_polls().disconnect(*claims, clock_.steady());
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

}  // namespace
}  // namespace tayori::hub
