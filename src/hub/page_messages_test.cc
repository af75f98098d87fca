#include "hub/page_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class PageMessagesTest : public testing::Test {
 protected:
  /// Adds one; its outcome will be told in `outcomes_` as "TEXT: CODE".
  Result<PageMessages::Ticket> add(std::string_view client, const std::string& text) {
    return messages_.add(
        {.client_id = *ClientId::parse(client), .payload = *Payload::parse(text)},
        [this, text](const Outcome& outcome) {
          outcomes_.push_back(text + ": " +
                              (outcome ? "taken" : std::string(facts(outcome.error().code).name)));
        },
        now_);
  }
  /// Starts all that may go: their texts.
  std::vector<std::string> start() {
    std::vector<std::string> texts;
    while (auto message = messages_.start(now_)) texts.push_back(message->payload.text());
    return texts;
  }
  void finish(std::string_view client, const Outcome& outcome = success()) {
    messages_.finish(*ClientId::parse(client), outcome);
  }

  PageMessages::Time now_{1h};
  PageMessages messages_{{.messages = 6, .parallel = 2, .patience = 10s}};
  std::vector<std::string> outcomes_;
};

TEST_F(PageMessagesTest, go_one_after_the_other_for_each_client_id) {
  ASSERT_TRUE(add("ann", "a1"));
  ASSERT_TRUE(add("ann", "a2"));
  ASSERT_TRUE(add("bob", "b1"));
  EXPECT_THAT(start(), ElementsAre("a1", "b1"));
  finish("bob");
  EXPECT_THAT(start(), IsEmpty()) << "ann's first is still under way";
  finish("ann");
  EXPECT_THAT(start(), ElementsAre("a2"));
  finish("ann");
  EXPECT_THAT(outcomes_, ElementsAre("b1: taken", "a1: taken", "a2: taken"));
  EXPECT_EQ(messages_.counts().open, 0U);
  EXPECT_EQ(messages_.counts().taken, 3U);
}

TEST_F(PageMessagesTest, go_side_by_side_up_to_a_limit_and_in_turn) {
  for (const char* client : {"ann", "bob", "eve"}) ASSERT_TRUE(add(client, client));
  ASSERT_TRUE(add("ann", "ann again"));
  EXPECT_THAT(start(), ElementsAre("ann", "bob"));
  finish("ann");
  EXPECT_THAT(start(), ElementsAre("eve")) << "who has waited longer than ann's second";
  finish("eve");
  EXPECT_THAT(start(), ElementsAre("ann again"));
}

TEST_F(PageMessagesTest, go_on_after_one_that_failed) {
  ASSERT_TRUE(add("ann", "a1"));
  ASSERT_TRUE(add("ann", "a2"));
  EXPECT_THAT(start(), ElementsAre("a1"));
  finish("ann", ErrorCode::backend_unavailable);
  EXPECT_THAT(outcomes_, ElementsAre("a1: backend_unavailable"));
  EXPECT_THAT(start(), ElementsAre("a2"));
  EXPECT_EQ(messages_.counts().failed, 1U);
}

TEST_F(PageMessagesTest, are_refused_when_too_many_wait_and_are_under_way) {
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(add("client " + std::to_string(i), "x"));
  EXPECT_EQ(start().size(), 2U);
  EXPECT_EQ(add("eve", "y").error().code, ErrorCode::overloaded);
  finish("client 0");
  EXPECT_TRUE(add("eve", "y"));
  EXPECT_EQ(add("eve", "z").error().code, ErrorCode::overloaded);
  EXPECT_EQ(messages_.counts().open, 6U);
}

TEST_F(PageMessagesTest, that_nobody_waits_for_any_more_are_forgotten) {
  ASSERT_TRUE(add("ann", "a1"));
  const auto second = add("ann", "a2");
  ASSERT_TRUE(add("ann", "a3"));
  const auto alone = add("bob", "b1");
  messages_.withdraw(*second);
  messages_.withdraw(*alone);
  messages_.withdraw(*alone);
  EXPECT_THAT(start(), ElementsAre("a1"));
  finish("ann");
  EXPECT_THAT(start(), ElementsAre("a3"));
  EXPECT_THAT(outcomes_, ElementsAre("a1: taken"));
  EXPECT_EQ(messages_.counts().withdrawn, 2U);
  EXPECT_EQ(messages_.counts().open, 1U);
}

TEST_F(PageMessagesTest, under_way_take_their_course_whoever_has_gone) {
  const auto ticket = add("ann", "a1");
  EXPECT_THAT(start(), ElementsAre("a1"));
  messages_.withdraw(*ticket);
  ASSERT_TRUE(add("ann", "a2"));
  EXPECT_THAT(start(), IsEmpty()) << "the order holds";
  finish("ann");
  EXPECT_EQ(messages_.counts().taken, 1U);
  EXPECT_EQ(messages_.counts().withdrawn, 0U);
  messages_.withdraw(*ticket);
  EXPECT_THAT(start(), ElementsAre("a2"));
}

TEST_F(PageMessagesTest, wait_for_their_turn_only_so_long) {
  ASSERT_TRUE(add("ann", "a1"));
  ASSERT_TRUE(add("ann", "a2"));
  EXPECT_THAT(start(), ElementsAre("a1"));
  now_ += 1s;
  ASSERT_TRUE(add("ann", "a3"));
  EXPECT_EQ(messages_.due(), PageMessages::Time{1h + 10s}) << "when a2 has waited enough";
  now_ += 9s;
  EXPECT_THAT(start(), IsEmpty());
  EXPECT_THAT(outcomes_, ElementsAre("a2: backend_unavailable"));
  EXPECT_EQ(messages_.due(), PageMessages::Time{1h + 11s});
  finish("ann");
  EXPECT_LE(messages_.due(), now_) << "a3 is ready";
  EXPECT_THAT(start(), ElementsAre("a3"));
  EXPECT_EQ(messages_.due(), std::nullopt);
}

TEST_F(PageMessagesTest, that_wait_are_told_when_the_server_stops) {
  ASSERT_TRUE(add("ann", "a1"));
  ASSERT_TRUE(add("ann", "a2"));
  EXPECT_THAT(start(), ElementsAre("a1"));
  messages_.drain();
  EXPECT_THAT(outcomes_, ElementsAre("a2: shutting_down"));
  EXPECT_EQ(add("bob", "b1").error().code, ErrorCode::shutting_down);
  finish("ann");
  EXPECT_THAT(outcomes_, ElementsAre("a2: shutting_down", "a1: taken"));
  EXPECT_EQ(messages_.counts().open, 0U);
}

TEST_F(PageMessagesTest, under_way_are_told_at_the_end_and_never_twice) {
  ASSERT_TRUE(add("ann", "a1"));
  ASSERT_TRUE(add("ann", "a2"));
  EXPECT_THAT(start(), ElementsAre("a1"));
  messages_.end();
  EXPECT_THAT(outcomes_, ElementsAre("a2: shutting_down", "a1: backend_unavailable"));
  finish("ann");
  messages_.end();
  EXPECT_EQ(outcomes_.size(), 2U);
  EXPECT_EQ(messages_.counts().open, 0U);
  EXPECT_EQ(messages_.counts().taken, 0U);
}

}  // namespace
}  // namespace tayori::hub
