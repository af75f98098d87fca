// What a page hears of groups that its client id joins and leaves: what is sent in between, on whichever transport, here or away.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/listener.h"

namespace tayori::hub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PageGroupsTest : public HubCallsTest, public testing::WithParamInterface<Listener::By> {
 protected:
  /// Has the inbox of `loop` thrown away, with what is in it.
  void overrun(std::size_t loop) {
    const TopicRef nobody =
        std::make_shared<const broker::Topic>(broker::Topic::of(client("nobody")));
    const auto flood = session::Envelope::message({1}, "x");
    for (std::size_t i = 0; i < Inbox::kParcels; ++i) loop_hub(loop).inbox().push(nobody, flood);
  }
};

INSTANTIATE_TEST_SUITE_P(By, PageGroupsTest, each_transport(), transport_word);

TEST_P(PageGroupsTest, are_heard_between_the_join_and_the_leave) {
  start({}, 2);
  Listener here = listen(GetParam(), {.token = token("ann")});
  Listener there = listen(GetParam(), {.token = token("ann")}, 1);
  Listener bob = listen(GetParam(), {.token = token("bob")}, 1);
  send_group("room", "before");
  EXPECT_EQ(join("room", "ann")->members, 1U);
  EXPECT_EQ(send_group("room", "in").sessions, 2U);
  EXPECT_THAT(heard(here), ElementsAre("in"));
  EXPECT_THAT(heard(there), ElementsAre("in"));
  EXPECT_EQ(leave("room", "ann")->members, 0U);
  EXPECT_EQ(send_group("room", "after").sessions, 0U);
  EXPECT_THAT(heard(here), IsEmpty());
  EXPECT_THAT(heard(there), IsEmpty());
  EXPECT_THAT(heard(bob), IsEmpty());
}

TEST_P(PageGroupsTest, change_at_one_place_among_messages_of_one_turn) {
  start();
  Listener ann = listen(GetParam(), {.token = token("ann")});
  send("ann", "1");
  send_group("room", "unheard");
  EXPECT_TRUE(join("room", "ann"));
  send_group("room", "2");
  send("ann", "3");
  EXPECT_TRUE(leave("room", "ann"));
  send_group("room", "unheard");
  send("ann", "4");
  EXPECT_TRUE(join("room", "ann"));
  send_group("room", "5");
  EXPECT_THAT(heard(ann), ElementsAre("1", "2", "3", "4", "5"));
}

TEST_P(PageGroupsTest, joined_by_one_who_is_away_are_heard_from_the_join_on) {
  start();
  const std::string older = token("ann");
  send_group("room", "before");
  EXPECT_TRUE(join("room", "ann"));
  EXPECT_EQ(send_group("room", "1").sessions, 0U) << "nobody is here";
  EXPECT_TRUE(leave("room", "ann"));
  send_group("room", "between");
  EXPECT_TRUE(join("room", "ann"));
  send_group("room", "2");
  Listener ann = arrive(GetParam(), {.token = older});
  EXPECT_THAT(heard(ann), ElementsAre("1", "2"));
  send_group("room", "3");
  EXPECT_THAT(heard(ann), ElementsAre("3"));
}

TEST_P(PageGroupsTest, joined_and_left_while_a_page_is_away_are_heard_in_between) {
  start({}, 2);
  Listener ann = listen(GetParam(), {.token = token("ann")});
  EXPECT_TRUE(join("stays", "ann"));
  send_group("stays", "0");
  EXPECT_THAT(heard(ann), ElementsAre("0"));
  ann.hang_up();
  turn();
  send_group("comes", "unheard");
  EXPECT_TRUE(join("comes", "ann"));
  send_group("comes", "1");
  send_group("stays", "2");
  EXPECT_TRUE(leave("comes", "ann"));
  EXPECT_TRUE(leave("stays", "ann"));
  send_group("comes", "unheard");
  send_group("stays", "unheard");
  Listener again = arrive(GetParam(), ann.next(), 1);
  EXPECT_THAT(heard(again), ElementsAre("1", "2"));
  EXPECT_EQ(send_group("stays", "unheard").sessions, 0U);
  EXPECT_THAT(heard(again), IsEmpty());
}

TEST_P(PageGroupsTest, are_heard_as_joined_across_an_overrun) {
  start();
  Listener ann = listen(GetParam(), {.token = token("ann")});
  send_group("room", "unheard");
  EXPECT_TRUE(join("room", "ann"));
  send_group("room", "1");
  overrun(0);
  EXPECT_TRUE(leave("room", "ann"));
  send_group("room", "unheard");
  EXPECT_TRUE(join("other", "ann"));
  send_group("other", "2");
  EXPECT_THAT(heard(ann), ElementsAre("1", "2"));
  EXPECT_EQ(send_group("other", "3").sessions, 1U);
  EXPECT_THAT(heard(ann), ElementsAre("3")) << "it hears on";
}

TEST_P(PageGroupsTest, joined_while_a_page_is_behind_are_heard_from_there_on) {
  start();
  const std::string older = token("ann");
  for (int i = 0; i < 900; ++i) send("ann", std::string(1'000, 'x'));
  Listener ann = arrive(GetParam(), {.token = older}, 0, Pipe::narrow);
  send_group("room", "unheard");
  EXPECT_TRUE(join("room", "ann"));
  send_group("room", "1");
  std::vector<std::string> told = heard(ann);
  ASSERT_EQ(told.size(), 901U);
  EXPECT_EQ(told.back(), "1");
  EXPECT_EQ(send_group("room", "2").sessions, 1U);
  EXPECT_TRUE(leave("room", "ann"));
  EXPECT_EQ(send_group("room", "unheard").sessions, 0U);
  EXPECT_THAT(heard(ann), ElementsAre("2"));
}

TEST_P(PageGroupsTest, of_the_token_and_joined_count_once) {
  start();
  Listener ann = listen(GetParam(), {.token = token("ann", {"room"})});
  EXPECT_TRUE(join("room", "ann"));
  EXPECT_EQ(send_group("room", "1").sessions, 1U);
  EXPECT_THAT(heard(ann), ElementsAre("1"));
  EXPECT_TRUE(leave("room", "ann"));
  EXPECT_EQ(send_group("room", "2").sessions, 1U) << "its token still names it";
  EXPECT_THAT(heard(ann), ElementsAre("2"));
  ann.hang_up();
  turn();
  EXPECT_EQ(send_group("room", "3").sessions, 0U);
}

TEST_P(PageGroupsTest, told_twice_are_as_told_once) {
  start();
  Listener ann = listen(GetParam(), {.token = token("ann")});
  EXPECT_EQ(join("room", "ann")->members, 1U);
  EXPECT_EQ(join("room", "ann")->members, 1U);
  EXPECT_EQ(send_group("room", "1").sessions, 1U);
  EXPECT_THAT(heard(ann), ElementsAre("1"));
  EXPECT_EQ(leave("room", "ann")->members, 0U);
  EXPECT_EQ(leave("room", "ann")->members, 0U);
  EXPECT_EQ(send_group("room", "unheard").sessions, 0U);
  EXPECT_THAT(heard(ann), IsEmpty());
}

TEST_P(PageGroupsTest, that_lost_messages_of_the_stay_are_told_as_a_gap) {
  start(with({.messages_per_topic = 2}));
  const std::string older = token("ann");
  EXPECT_TRUE(join("room", "ann"));  // 1
  for (const char* data : {"2", "3", "4"}) send_group("room", data);
  Listener ann = arrive(GetParam(), {.token = older});
  EXPECT_THAT(heard(ann), ElementsAre("g e1-0 e1-2", "3", "4"));
}

TEST_P(PageGroupsTest, that_lost_messages_before_the_stay_are_no_gap) {
  start(with({.messages_per_topic = 2}));
  const std::string older = token("ann");
  for (const char* data : {"1", "2", "3"}) send_group("room", data);
  EXPECT_TRUE(join("room", "ann"));
  send_group("room", "5");
  Listener ann = arrive(GetParam(), {.token = older});
  EXPECT_THAT(heard(ann), ElementsAre("5"));
}

TEST_P(PageGroupsTest, left_and_lost_are_told_as_a_gap_up_to_the_leave) {
  start(with({.messages_per_topic = 2}));
  const std::string older = token("ann");
  EXPECT_TRUE(join("room", "ann"));  // 1
  send_group("room", "2");
  EXPECT_TRUE(leave("room", "ann"));  // 3
  for (const char* data : {"4", "5", "6"}) send_group("room", data);
  Listener ann = arrive(GetParam(), {.token = older});
  EXPECT_THAT(heard(ann), ElementsAre("g e1-0 e1-3")) << "and nothing of what came after it";
}

class RenewedGroupsTest : public HubCallsTest {};

TEST_F(RenewedGroupsTest, of_another_token_are_heard_beside_those_that_were_joined) {
  start();
  Listener ann = listen(By::socket, {.token = token("ann", {"old", "both"})});
  EXPECT_TRUE(join("joined", "ann"));
  EXPECT_TRUE(join("both", "ann"));
  ann.say(Browser::opening(token("ann", {"new"})));
  EXPECT_THAT(heard(ann), IsEmpty());
  for (const char* room : {"old", "new", "both", "joined"}) {
    const std::size_t sessions = room == std::string("old") ? 0 : 1;
    EXPECT_EQ(send_group(room, room).sessions, sessions) << room;
  }
  EXPECT_THAT(heard(ann), ElementsAre("new", "both", "joined"));
  EXPECT_TRUE(leave("both", "ann"));
  EXPECT_EQ(send_group("both", "unheard").sessions, 0U) << "no token names it any more";
  EXPECT_THAT(heard(ann), IsEmpty());
}

TEST_F(RenewedGroupsTest, of_a_hundred_thousand_members_cost_one_entry_and_one_page) {
  start();
  Listener ann = listen(By::socket, {.token = token("ann")});
  for (int i = 0; i < 99'999; ++i) EXPECT_TRUE(join("room", "c" + std::to_string(i)));
  const auto joined = join("room", "ann");
  EXPECT_EQ(joined->members, 100'000U);
  const Sent sent = send_group("room", "1");
  EXPECT_EQ(sent.sessions, 1U);
  EXPECT_EQ(sent.cursor.sequence, joined->cursor.sequence.next());
  EXPECT_EQ(send("ann", "2").cursor.sequence, sent.cursor.sequence.next()) << "one entry";
  EXPECT_EQ(hub_->held().messages, 2U);
  EXPECT_THAT(heard(ann), ElementsAre("1", "2"));
}

}  // namespace
}  // namespace tayori::hub
