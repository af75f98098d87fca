// Several pages on one client id: which of them has the channel, by the policy of their tokens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/listener.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class PagePolicyTest : public HubCallsTest, public testing::WithParamInterface<Listener::By> {
 protected:
  void start_two() { start({}, 2); }
  Listener replacing(std::size_t loop) {
    return listen(GetParam(), {.token = token_with("ann", Policy::replace)}, loop);
  }
  Listener rejecting(std::size_t loop) {
    return listen(GetParam(), {.token = token_with("ann", Policy::reject)}, loop);
  }
  void expect_moves_when_alone_again(Policy policy) {
    Listener first = listen(GetParam(), {.token = token_with("ann", policy)});
    Listener guest = listen(By::socket, {.token = token("ann")}, 1);
    guest.hang_up();
    turn();
    Listener moved = arrive(GetParam(), first.next(), 1);
    EXPECT_THAT(heard(moved), IsEmpty());
    EXPECT_THAT(heard(first), ElementsAre("e moved"));
    send("ann", "x");
    EXPECT_THAT(heard(moved), ElementsAre("x"));
  }
};

INSTANTIATE_TEST_SUITE_P(By, PagePolicyTest, each_transport(), transport_word);

TEST_P(PagePolicyTest, replace_lets_the_newest_have_it) {
  start_two();
  Listener first = replacing(0);
  Listener second = replacing(1);
  EXPECT_THAT(heard(first), ElementsAre("e replaced"));
  Listener third = replacing(1);
  EXPECT_THAT(heard(second), ElementsAre("e replaced"));
  EXPECT_EQ(send("ann", "x").sessions, 1U);
  EXPECT_THAT(heard(third), ElementsAre("x"));
  EXPECT_THAT(edges(), ElementsAre("+ann")) << "presence does not flap";
  third.hang_up();
  turn();
  pass(5s);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_P(PagePolicyTest, replaced_ones_that_come_back_stay_replaced) {
  start_two();
  Listener first = replacing(0);
  Listener second = replacing(1);
  EXPECT_THAT(heard(first), ElementsAre("e replaced"));
  for (const std::size_t loop : {0U, 1U}) {
    Listener again = arrive(GetParam(), first.next(), loop);
    EXPECT_THAT(heard(again), ElementsAre("e replaced"));
  }
  EXPECT_EQ(send("ann", "x").sessions, 1U);
  EXPECT_THAT(heard(second), ElementsAre("x"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PagePolicyTest, replace_lets_a_page_change_its_own_transport) {
  start_two();
  Listener first = replacing(0);
  for (const By by : {By::stream, By::socket, By::poll, By::shared_socket}) {
    Listener next = listen(by, first.next(), 1);
    EXPECT_EQ(next.session(), first.session());
    EXPECT_THAT(heard(first), ElementsAre("e moved"));
    EXPECT_EQ(send("ann", "x").sessions, 1U);
    EXPECT_THAT(heard(next), ElementsAre("x"));
    first = next;
  }
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PagePolicyTest, reject_lets_the_first_have_it) {
  start_two();
  Listener first = rejecting(0);
  for (const std::size_t loop : {0U, 1U}) {
    Listener other = arrive(GetParam(), {.token = token_with("ann", Policy::reject)}, loop);
    EXPECT_THAT(heard(other), ElementsAre("e already_open"));
  }
  EXPECT_EQ(send("ann", "x").sessions, 1U);
  EXPECT_THAT(heard(first), ElementsAre("x"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PagePolicyTest, reject_lets_another_in_once_the_first_is_lost) {
  start_two();
  Listener first = rejecting(0);
  first.hang_up();
  turn();
  Listener second = rejecting(1);
  EXPECT_EQ(send("ann", "x").sessions, 1U);
  EXPECT_THAT(heard(second), ElementsAre("x"));
  Listener again = arrive(GetParam(), first.next());
  EXPECT_THAT(heard(again), ElementsAre("e already_open"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PagePolicyTest, reject_lets_another_in_once_the_first_has_gone) {
  start_two();
  Listener first = rejecting(0);
  disconnect("ann");
  EXPECT_THAT(heard(first), ElementsAre("e disconnected"));
  Listener second = rejecting(1);
  send("ann", "x");
  EXPECT_THAT(heard(second), ElementsAre("x"));
}

TEST_P(PagePolicyTest, reject_lets_the_first_come_back) {
  start_two();
  Listener first = rejecting(0);
  Listener moved = listen(GetParam(), first.next(), 1);
  EXPECT_THAT(heard(first), ElementsAre("e moved")) << "before its loss was noticed";
  moved.hang_up();
  turn();
  Listener back = listen(GetParam(), moved.next(), 0);
  EXPECT_EQ(back.session(), first.session());
  send("ann", "x");
  EXPECT_THAT(heard(back), ElementsAre("x"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PagePolicyTest, is_that_of_the_page_that_opens) {
  start_two();
  Listener shared = listen(GetParam(), {.token = token("ann")});
  Listener refused = arrive(GetParam(), {.token = token_with("ann", Policy::reject)}, 1);
  EXPECT_THAT(heard(refused), ElementsAre("e already_open"));
  Listener beside = listen(GetParam(), {.token = token("ann")}, 1);
  Listener alone = replacing(0);
  EXPECT_THAT(heard(shared), ElementsAre("e replaced"));
  EXPECT_THAT(heard(beside), ElementsAre("e replaced"));
  Listener third = listen(GetParam(), {.token = token("ann")}, 1);
  EXPECT_EQ(send("ann", "x").sessions, 2U);
  EXPECT_THAT(heard(alone), ElementsAre("x"));
  EXPECT_THAT(heard(third), ElementsAre("x"));
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PagePolicyTest, replace_lets_a_page_move_that_is_alone_again) {
  start_two();
  expect_moves_when_alone_again(Policy::replace);
}

TEST_P(PagePolicyTest, reject_lets_a_page_move_that_is_alone_again) {
  start_two();
  expect_moves_when_alone_again(Policy::reject);
}

}  // namespace
}  // namespace tayori::hub
