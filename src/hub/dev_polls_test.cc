#include "hub/dev_polls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/clock.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using access::TokenClaims;
using testing::ElementsAre;
using testing::IsEmpty;

class DevPollsTest : public testing::Test {
 protected:
  DevPollsTest() {
    presence_.on_change([this](const Control& change) {
      const bool has_come = std::holds_alternative<Control::Come>(change.act);
      edges_.push_back((has_come ? "+" : "-") + change.client_id.text());
    });
  }

  /// A token of `client`, made now; `id` tells it from others.
  [[nodiscard]] TokenClaims claims(std::string_view client, std::string id) const {
    return {.client_id = *ClientId::parse(client),
            .issued_at = clock_.wall(),
            .expires_at = clock_.wall() + 2h,
            .id = std::move(id),
            .bookmark = Cursor{kEpoch, head_}};
  }
  void send(std::string_view client, const std::string& data) {
    publish(broker::Topic::of(*ClientId::parse(client)), data);
  }
  void publish(const broker::Topic& topic, const std::string& data) {
    head_ = head_.next();
    tail_.take_message(head_, topic, data);
  }
  std::string poll(const TokenClaims& claims) {
    const session::EnvelopeRef message = polls_.poll(claims, clock_.steady());
    return message ? std::string(message->data()) : "";
  }
  /// Everything that one poll after another gives.
  std::vector<std::string> poll_all(const TokenClaims& claims) {
    std::vector<std::string> all;
    for (std::string data = poll(claims); !data.empty(); data = poll(claims)) all.push_back(data);
    return all;
  }
  void pass(std::chrono::milliseconds time) {
    clock_.advance(time);
    polls_.expire(clock_.steady());
  }
  std::vector<std::string> edges() { return std::exchange(edges_, {}); }

  const std::string kEpoch = "e1";
  base::ManualClock clock_;
  Sequence head_;
  Tail tail_{{}, clock_};
  base::ManualClock presence_clock_;
  Presence presence_{5s, presence_clock_};
  std::vector<std::string> edges_;
  DevPolls polls_{kEpoch, tail_, presence_};
};

TEST_F(DevPollsTest, gives_one_message_at_a_time_in_order) {
  const TokenClaims ann = claims("ann", "1");
  for (const char* data : {"a", "b", "c"}) send("ann", data);
  EXPECT_EQ(poll(ann), "a");
  EXPECT_EQ(poll(ann), "b");
  EXPECT_EQ(poll(ann), "c");
  EXPECT_EQ(poll(ann), "");
  send("ann", "d");
  EXPECT_EQ(poll(ann), "d");
}

TEST_F(DevPollsTest, begins_at_the_tokens_bookmark) {
  send("ann", "before");
  const TokenClaims ann = claims("ann", "1");
  send("ann", "after");
  EXPECT_THAT(poll_all(ann), ElementsAre("after"));
}

TEST_F(DevPollsTest, begins_at_the_head_without_a_bookmark_and_at_the_start_of_a_new_log) {
  send("ann", "a");
  TokenClaims bare = claims("ann", "1");
  bare.bookmark.reset();
  EXPECT_THAT(poll_all(bare), IsEmpty());
  TokenClaims old = claims("ann", "2");
  old.bookmark = Cursor{"e0", {77}};
  EXPECT_THAT(poll_all(old), ElementsAre("a"));
}

TEST_F(DevPollsTest, gives_what_everyone_and_the_groups_are_sent) {
  TokenClaims ann = claims("ann", "1");
  ann.groups.push_back(*GroupName::parse("room"));
  send("ann", "own");
  publish(broker::Topic::of(*GroupName::parse("room")), "group");
  publish(broker::Topic::everyone(), "all");
  publish(broker::Topic::of(*GroupName::parse("other")), "not ours");
  send("bob", "not ours");
  EXPECT_THAT(poll_all(ann), ElementsAre("own", "group", "all"));
}

TEST_F(DevPollsTest, loses_nothing_however_slowly_it_is_asked) {
  const TokenClaims ann = claims("ann", "1");
  poll(ann);
  for (int i = 0; i < 50; ++i) send("ann", std::to_string(i));
  for (int i = 0; i < 50; ++i) {
    pass(10s);
    ASSERT_EQ(poll(ann), std::to_string(i));
  }
}

TEST_F(DevPollsTest, gives_two_tokens_everything_each) {
  const TokenClaims first = claims("ann", "1");
  const TokenClaims second = claims("ann", "2");
  for (const char* data : {"a", "b"}) send("ann", data);
  EXPECT_EQ(poll(first), "a");
  EXPECT_THAT(poll_all(second), ElementsAre("a", "b"));
  EXPECT_EQ(poll(first), "b");
}

TEST_F(DevPollsTest, tells_tokens_without_an_id_apart_by_what_they_say) {
  const TokenClaims ann = claims("ann", "");
  const TokenClaims bob = claims("bob", "");
  send("ann", "a");
  send("bob", "b");
  EXPECT_THAT(poll_all(ann), ElementsAre("a"));
  EXPECT_THAT(poll_all(bob), ElementsAre("b"));
}

TEST_F(DevPollsTest, never_gives_one_client_what_another_is_sent_though_their_tokens_share_an_id) {
  const TokenClaims ann = claims("ann", "1");
  const TokenClaims bob = claims("bob", "1");
  send("ann", "for ann");
  EXPECT_THAT(poll_all(ann), ElementsAre("for ann"));
  send("ann", "for ann");
  EXPECT_THAT(poll_all(bob), IsEmpty());
  send("bob", "for bob");
  EXPECT_THAT(poll_all(bob), ElementsAre("for bob"));
}

TEST_F(DevPollsTest, counts_a_page_as_present_from_its_first_request) {
  polls_.connect(claims("ann", "1"), clock_.steady());
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  poll(claims("ann", "1"));
  EXPECT_THAT(edges(), IsEmpty());
  poll(claims("bob", "2"));
  EXPECT_THAT(edges(), ElementsAre("+bob"));
}

TEST_F(DevPollsTest, counts_a_page_as_gone_two_seconds_after_its_last_request_and_interval) {
  const TokenClaims ann = claims("ann", "1");
  polls_.connect(ann, clock_.steady());
  pass(2s);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  poll(ann);  // it polls every two seconds, then
  pass(4s);
  EXPECT_THAT(edges(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(DevPollsTest, does_not_take_an_absence_for_the_pages_usual_interval) {
  const TokenClaims ann = claims("ann", "1");
  polls_.connect(ann, clock_.steady());
  pass(1h);
  polls_.connect(ann, clock_.steady());
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann", "+ann"));
  pass(2'001ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(DevPollsTest, does_not_wait_an_hour_for_a_page_that_has_slept_an_hour) {
  const TokenClaims ann = claims("ann", "1");
  poll(ann);
  pass(1h);
  poll(ann);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann", "+ann"));
  pass(DevPolls::kLongestInterval + DevPolls::kPatience + 1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(DevPollsTest, goes_on_where_it_stood_when_a_page_comes_back) {
  const TokenClaims ann = claims("ann", "1");
  send("ann", "a");
  send("ann", "b");
  EXPECT_EQ(poll(ann), "a");
  pass(1min);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  EXPECT_EQ(poll(ann), "b");
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_F(DevPollsTest, takes_a_disconnect_for_an_orderly_end) {
  const TokenClaims ann = claims("ann", "1");
  polls_.connect(ann, clock_.steady());
  polls_.disconnect(ann, clock_.steady());
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  polls_.disconnect(ann, clock_.steady());
  polls_.disconnect(claims("bob", "2"), clock_.steady());
  pass(1h);
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(DevPollsTest, remembers_so_many_places_and_forgets_the_one_longest_unused) {
  const TokenClaims first = claims("first", "f");
  const TokenClaims second = claims("second", "s");
  send("first", "a");
  send("second", "b");
  EXPECT_EQ(poll(first), "a");
  EXPECT_EQ(poll(second), "b");
  EXPECT_EQ(poll(first), "");
  edges();
  for (std::size_t i = 0; i < DevPolls::kPlaces - 1; ++i) {
    poll(claims("crowd", "c" + std::to_string(i)));
  }
  EXPECT_THAT(edges(), ElementsAre("+crowd", "-second"));
  EXPECT_EQ(poll(first), "") << "it has had all";
  EXPECT_EQ(poll(second), "b") << "it starts again at its bookmark";
}

}  // namespace
}  // namespace tayori::hub
