// What backends may ask of the hub, at its limits and beyond.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "hub/listener.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class HubLimitsTest : public HubCallsTest {
 protected:
  Result<Sent> send_once(const std::string& data, const std::string& key) {
    std::optional<Result<Sent>> answer;
    hub_->publish({.topic = broker::Topic::of(client("ann")),
                   .message = *Payload::parse(data),
                   .idempotency_key = key,
                   .wait = {}},
                  [&](const Result<Sent>& sent) { answer = sent; });
    return *answer;
  }
  std::vector<std::string> names(const Groups& groups) {
    std::vector<std::string> all;
    for (const GroupSize& one : groups.groups) all.push_back(one.group.text());
    return all;
  }
};

TEST_F(HubLimitsTest, refuse_a_membership_too_many_until_one_is_over) {
  HubSettings settings;
  settings.memberships = 2;
  start(settings);
  Listener ann = listen(By::socket, {.token = token("ann")});
  EXPECT_TRUE(join("a", "ann"));
  EXPECT_TRUE(join("a", "bob"));
  EXPECT_EQ(join("b", "ann").error().code, ErrorCode::overloaded);
  EXPECT_EQ(send_group("b", "unheard").sessions, 0U);
  EXPECT_TRUE(join("a", "bob")) << "it is in there already";
  EXPECT_TRUE(leave("a", "bob"));
  EXPECT_TRUE(join("b", "ann"));
  send_group("b", "x");
  EXPECT_THAT(heard(ann), ElementsAre("x"));
}

TEST_F(HubLimitsTest, refuse_a_revocation_too_many_and_end_nothing) {
  HubSettings settings;
  settings.revocations = 1;
  start(settings);
  Listener bob = listen(By::socket, {.token = token("bob")});
  disconnect("ann", {.reason = {}, .tokens = Tokens::revoke});
  std::optional<ErrorCode> refused;
  hub_->disconnect(client("bob"), {.reason = {}, .tokens = Tokens::revoke},
                   [&](const Result<Disconnected>& ended) { refused = ended.error().code; });
  EXPECT_EQ(refused, ErrorCode::overloaded);
  EXPECT_THAT(heard(bob), IsEmpty());
  EXPECT_EQ(disconnect("bob").sessions, 1U) << "without that it goes";
  EXPECT_THAT(heard(bob), ElementsAre("e disconnected"));
}

TEST_F(HubLimitsTest, remember_a_key_as_long_as_what_it_sent) {
  start(with({.age = 600s}));
  Listener ann = listen(By::socket, {.token = token("ann")});
  const auto first = send_once("x", "k");
  pass(600s);
  EXPECT_TRUE(send_once("x", "k")->is_repeated);
  EXPECT_EQ(send_once("x", "k")->cursor, first->cursor);
  EXPECT_EQ(send_once("y", "k").error().code, ErrorCode::idempotency_conflict);
  clock_.advance(1ms);
  EXPECT_FALSE(send_once("y", "k")->is_repeated);
}

TEST_F(HubLimitsTest, send_a_repeated_message_to_nobody) {
  start();
  Listener ann = listen(By::socket, {.token = token("ann")});
  EXPECT_EQ(send_once("x", "k")->sessions, 1U);
  EXPECT_EQ(send_once("x", "k")->sessions, 1U) << "of the first";
  EXPECT_THAT(heard(ann), ElementsAre("x"));
}

TEST_F(HubLimitsTest, list_groups_in_pages_that_join) {
  start();
  for (const char* group : {"d", "b", "a", "c"}) EXPECT_TRUE(join(group, "ann"));
  std::vector<std::string> all;
  std::string after;
  for (int pages = 0; pages < 3; ++pages) {
    const Groups page = hub_->groups_of(client("ann"), after, 2);
    for (const std::string& name : names(page)) all.push_back(name);
    if (!page.next) break;
    after = *page.next;
  }
  EXPECT_THAT(all, ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(names(hub_->groups("b", 100)), ElementsAre("c", "d"));
}

TEST_F(HubLimitsTest, read_history_on_from_each_answer) {
  start(with({.messages_per_topic = 5}));
  for (int i = 1; i <= 9; ++i) send("ann", std::to_string(i));
  std::string all;
  History page{.messages = {}, .cursor = {"e1", {}}, .more = true, .gap = {}};
  for (int pages = 0; page.more && pages < 9; ++pages) {
    page = hub_->history(broker::Topic::of(client("ann")), page.cursor, 2);
    if (page.gap) all += "(" + page.gap->from.text() + " " + page.gap->to.text() + ")";
    for (const HistoryMessage& one : page.messages) all += one.message;
  }
  EXPECT_EQ(all, "(e1-0 e1-4)56789");
}

}  // namespace
}  // namespace tayori::hub
