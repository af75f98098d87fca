// What a page hears when its backend ends its channel, and what becomes of its tokens.
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

const DisconnectOptions kRevoking{.reason = {}, .tokens = Tokens::revoke};

class PageDisconnectTest : public HubCallsTest, public testing::WithParamInterface<Listener::By> {
 protected:
  /// What `token` meets on its way in.
  std::string admitted(const std::string& token) {
    const auto arrival =
        loop_hub().admit({.token = token, .cursor = {}, .session = {}, .wait = {}});
    return arrival ? "good" : std::string(facts(arrival.error().code).name);
  }
  void expect_gone_as(PresenceEdge::Reason reason) {
    const auto told = hub_->presence_events({"e1", {}}, 100);
    ASSERT_FALSE(told.events.empty());
    EXPECT_EQ(told.events.back().kind, PresenceEdge::Kind::disconnected);
    EXPECT_EQ(told.events.back().reason, reason);
  }
};

INSTANTIATE_TEST_SUITE_P(By, PageDisconnectTest, each_transport(), transport_word);

TEST_P(PageDisconnectTest, tells_all_pages_on_all_loops_why) {
  start({}, 2);
  Listener here = listen(GetParam(), {.token = token("ann")});
  Listener there = listen(GetParam(), {.token = token("ann")}, 1);
  Listener bob = listen(GetParam(), {.token = token("bob")}, 1);
  const auto ended = disconnect("ann", {.reason = "Kicked by \"root\" 便", .tokens = Tokens::keep});
  EXPECT_EQ(ended.sessions, 2U);
  for (Listener* page : {&here, &there}) {
    EXPECT_THAT(heard(*page), ElementsAre("e disconnected"));
    EXPECT_EQ(page->description(), "Kicked by \"root\" 便");
  }
  expect_gone_as(PresenceEdge::Reason::disconnected);
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob", "-ann"));
  broadcast("x");
  EXPECT_THAT(heard(bob), ElementsAre("x"));
}

TEST_P(PageDisconnectTest, says_the_sentence_of_the_code_when_no_reason_is_given) {
  start();
  Listener ann = listen(GetParam(), {.token = token("ann")});
  disconnect("ann");
  EXPECT_THAT(heard(ann), ElementsAre("e disconnected"));
  EXPECT_EQ(ann.description(), facts(ErrorCode::disconnected).description);
}

TEST_P(PageDisconnectTest, comes_behind_what_was_sent_before_it) {
  start({}, 2);
  Listener ann = listen(GetParam(), {.token = token("ann")}, 1);
  EXPECT_TRUE(join("room", "ann"));
  send("ann", "1");
  send_group("room", "2");
  disconnect("ann", {.reason = "Enough.", .tokens = Tokens::keep});
  EXPECT_THAT(heard(ann), ElementsAre("1", "2", "e disconnected"));
  EXPECT_EQ(ann.description(), "Enough.");
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
}

TEST_P(PageDisconnectTest, is_told_to_one_that_was_lost_when_it_comes_back) {
  start({}, 2);
  Listener ann = listen(GetParam(), {.token = token("ann")});
  ann.hang_up();
  turn();
  EXPECT_EQ(disconnect("ann").sessions, 0U);
  turn();
  expect_gone_as(PresenceEdge::Reason::disconnected);
  Listener again = arrive(GetParam(), ann.next(), 1);
  EXPECT_THAT(heard(again), ElementsAre("e disconnected"));
  Listener anew = listen(GetParam(), {.token = ann.next().token}, 1);
  send("ann", "x");
  EXPECT_THAT(heard(anew), ElementsAre("x")) << "its token is still good";
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann", "+ann"));
}

TEST_P(PageDisconnectTest, counts_a_page_that_is_behind) {
  start();
  const std::string older = token("ann");
  for (int i = 0; i < 3'000; ++i) send("ann", std::string(1'000, 'x'));
  Listener ann = arrive(By::stream, {.token = older}, 0, Pipe::narrow);
  EXPECT_EQ(disconnect("ann").sessions, 1U);
  EXPECT_THAT(heard(ann), testing::Contains("e disconnected"));
}

TEST_P(PageDisconnectTest, of_one_who_is_not_here_ends_nothing) {
  start();
  Listener bob = listen(GetParam(), {.token = token("bob")});
  EXPECT_EQ(disconnect("ann").sessions, 0U);
  EXPECT_THAT(heard(bob), IsEmpty());
  EXPECT_THAT(edges(), ElementsAre("+bob"));
}

TEST_P(PageDisconnectTest, keeps_tokens_good_unless_they_are_revoked) {
  start();
  const std::string ann = token("ann");
  disconnect("ann");
  EXPECT_EQ(admitted(ann), "good");
  disconnect("ann", kRevoking);
  EXPECT_EQ(admitted(ann), "token_revoked");
  EXPECT_EQ(hub_->read_token(ann).error().code, ErrorCode::token_revoked);
  EXPECT_EQ(admitted(token("bob")), "good");
  const std::string later = token("ann");
  EXPECT_EQ(admitted(later), "good");
  Listener page = listen(GetParam(), {.token = later});
  send("ann", "x");
  EXPECT_THAT(heard(page), ElementsAre("x"));
}

class RevokedTokenTest : public PageDisconnectTest {};
INSTANTIATE_TEST_SUITE_P(Sockets, RevokedTokenTest,
                         testing::Values(Listener::By::socket, Listener::By::shared_socket),
                         transport_word);

TEST_P(RevokedTokenTest, opens_nothing) {
  start({}, 2);
  const std::string ann = token("ann");
  disconnect("ann", kRevoking);
  for (const std::size_t loop : {0U, 1U}) {
    Listener page = arrive(GetParam(), {.token = ann}, loop);
    EXPECT_THAT(heard(page), ElementsAre("e token_revoked"));
  }
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_P(RevokedTokenTest, renews_nothing) {
  start();
  const std::string older = token("ann");
  disconnect("ann", kRevoking);
  Listener page = listen(GetParam(), {.token = token("ann")});
  page.say(Browser::opening(older));
  EXPECT_THAT(heard(page), ElementsAre("e token_revoked"));
}

class DevPageDisconnectTest : public HubCallsTest {};

TEST_F(DevPageDisconnectTest, ends_pages_of_the_old_protocol) {
  start({}, 2);
  const auto ann = hub_->read_token(token("ann"));
  hub_->dev_polls().connect(*ann, clock_.steady());
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  EXPECT_EQ(disconnect("ann").sessions, 1U);
  turn();
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

}  // namespace
}  // namespace tayori::hub
