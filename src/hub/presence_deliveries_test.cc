#include "hub/presence_deliveries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = PresenceEdge::Kind;
using Outcome = PresenceDeliveries::Outcome;

class PresenceDeliveriesTest : public testing::Test {
 protected:
  void start_with(DeliveryLimits limits) { deliveries_.emplace(limits, base::Random::seeded(1)); }
  void SetUp() override { start_with({}); }

  void come(const std::string& client) { add(client, Kind::connected); }
  void go(const std::string& client) { add(client, Kind::disconnected); }
  /// What is started now: "+ann", "-ann".
  std::vector<std::string> started() {
    std::vector<std::string> all;
    while (const auto edge = deliveries_->start(now_)) all.push_back(written(*edge));
    return all;
  }
  void finish(const std::string& client, Outcome outcome = Outcome::taken) {
    deliveries_->finish(*ClientId::parse(client), outcome, now_);
  }
  static std::string written(const PresenceEdge& edge) {
    return (edge.kind == Kind::connected ? "+" : "-") + edge.client_id.text();
  }
  /// Starts and finishes everything until nothing is due now.
  std::vector<std::string> taken() {
    std::vector<std::string> all;
    while (const auto edge = deliveries_->start(now_)) {
      all.push_back(written(*edge));
      finish(edge->client_id.text());
    }
    return all;
  }

  PresenceDeliveries::Time now_{};
  std::optional<PresenceDeliveries> deliveries_;
  std::uint64_t generation_ = 0;

 private:
  void add(const std::string& client, Kind kind) {
    deliveries_->add(
        {.kind = kind, .client_id = *ClientId::parse(client), .generation = ++generation_}, now_);
  }
};

TEST_F(PresenceDeliveriesTest, go_one_at_a_time_for_a_client_and_together_for_several) {
  come("ann");
  go("ann");
  come("bob");
  EXPECT_THAT(started(), ElementsAre("+ann", "+bob"));
  EXPECT_THAT(started(), IsEmpty());
  finish("ann");
  EXPECT_THAT(started(), ElementsAre("-ann"));
  EXPECT_EQ(deliveries_->counts().waiting, 2U);
  finish("bob");
  finish("ann");
  EXPECT_EQ(deliveries_->counts().waiting, 0U);
  EXPECT_EQ(deliveries_->counts().delivered, 3U);
  EXPECT_EQ(deliveries_->due(), std::nullopt);
}

TEST_F(PresenceDeliveriesTest, are_tried_again_later_each_time_up_to_a_limit) {
  come("ann");
  const std::vector<std::chrono::milliseconds> longest{
      500ms, 1'000ms, 2'000ms, 4'000ms, 8'000ms, 16'000ms, 30'000ms, 30'000ms, 30'000ms};
  for (const auto limit : longest) {
    ASSERT_THAT(started(), ElementsAre("+ann"));
    finish("ann", Outcome::failed);
    ASSERT_TRUE(deliveries_->due());
    const auto pause = *deliveries_->due() - now_;
    EXPECT_GE(pause, limit / 2);
    EXPECT_LE(pause, limit);
    now_ += pause - 1ms;
    EXPECT_THAT(started(), IsEmpty());
    now_ += 1ms;
  }
  EXPECT_THAT(taken(), ElementsAre("+ann"));
  EXPECT_EQ(deliveries_->counts().failed, longest.size());
  come("ann");
  EXPECT_THAT(started(), ElementsAre("+ann"));
  finish("ann", Outcome::failed);
  EXPECT_LE(*deliveries_->due() - now_, 500ms) << "a new edge begins anew";
}

TEST_F(PresenceDeliveriesTest, wait_for_the_one_before_however_long_that_takes) {
  come("ann");
  EXPECT_THAT(started(), ElementsAre("+ann"));
  go("ann");
  finish("ann", Outcome::failed);
  come("bob");
  EXPECT_THAT(taken(), ElementsAre("+bob"));
  now_ += 500ms;
  EXPECT_THAT(taken(), ElementsAre("+ann", "-ann"));
}

TEST_F(PresenceDeliveriesTest, are_not_repeated_to_a_backend_that_has_no_handler) {
  come("ann");
  go("ann");
  EXPECT_THAT(started(), ElementsAre("+ann"));
  finish("ann", Outcome::refused);
  EXPECT_THAT(started(), ElementsAre("-ann"));
  finish("ann", Outcome::refused);
  EXPECT_THAT(started(), IsEmpty());
  EXPECT_EQ(deliveries_->counts().refused, 2U);
}

TEST_F(PresenceDeliveriesTest, are_under_way_in_a_bounded_number) {
  start_with({.parallel = 3});
  for (const auto* client : {"a", "b", "c", "d"}) come(client);
  EXPECT_THAT(started(), ElementsAre("+a", "+b", "+c"));
  EXPECT_EQ(deliveries_->due(), std::nullopt) << "nothing can be started";
  finish("b");
  EXPECT_EQ(deliveries_->due(), now_);
  EXPECT_THAT(started(), ElementsAre("+d"));
}

TEST_F(PresenceDeliveriesTest, cancel_out_when_there_is_no_room_the_oldest_first) {
  start_with({.edges = 5});
  for (const auto* client : {"ann", "bob"}) {
    come(client);
    go(client);
  }
  come("carol");
  EXPECT_EQ(deliveries_->counts().cancelled_out, 0U);
  come("dave");
  EXPECT_EQ(deliveries_->counts().cancelled_out, 2U);
  EXPECT_THAT(taken(), ElementsAre("+bob", "+carol", "+dave", "-bob"));
  EXPECT_EQ(deliveries_->counts().given_up, 0U);
}

TEST_F(PresenceDeliveriesTest, do_not_cancel_out_what_the_backend_may_have_been_told) {
  start_with({.edges = 3});
  come("ann");
  EXPECT_THAT(started(), ElementsAre("+ann"));
  go("ann");
  finish("ann", Outcome::failed);
  come("ann");
  go("ann");
  EXPECT_EQ(deliveries_->counts().cancelled_out, 2U);
  now_ += 500ms;
  EXPECT_THAT(taken(), ElementsAre("+ann", "-ann"));
}

TEST_F(PresenceDeliveriesTest, are_given_up_and_counted_only_when_nothing_cancels_out) {
  start_with({.edges = 2, .parallel = 1});
  come("ann");
  EXPECT_THAT(started(), ElementsAre("+ann"));
  come("bob");
  come("carol");
  EXPECT_EQ(deliveries_->counts().given_up, 1U);
  finish("ann");
  EXPECT_THAT(taken(), ElementsAre("+carol")) << "what is under way was not given up";
}

// Ten thousand come and go while the backend is away for minutes.
TEST_F(PresenceDeliveriesTest, survive_a_backend_that_is_away_for_minutes) {
  constexpr std::size_t kClients = 10'000;
  start_with({.edges = 25'000});
  auto random = base::Random::seeded(42);
  std::map<std::string, std::vector<std::string>> told;
  std::vector<bool> is_here(kClients, false);
  for (int step = 0; step < 60'000; ++step) {
    now_ += 5ms;
    const auto client = static_cast<std::size_t>(random.below(kClients));
    const std::string name = "client" + std::to_string(client);
    is_here[client] ? go(name) : come(name);
    is_here[client] = !is_here[client];
    while (const auto edge = deliveries_->start(now_))
      finish(edge->client_id.text(), Outcome::failed);
    ASSERT_LE(deliveries_->counts().waiting, 25'000U);
  }
  for (int i = 0; i < 100 && deliveries_->counts().waiting > 0; ++i) {
    now_ += 30s;
    while (const auto edge = deliveries_->start(now_)) {
      told[edge->client_id.text()].push_back(written(*edge));
      finish(edge->client_id.text());
    }
  }
  const auto counts = deliveries_->counts();
  EXPECT_EQ(counts.waiting, 0U);
  EXPECT_EQ(counts.given_up, 0U);
  EXPECT_GT(counts.cancelled_out, 0U);
  EXPECT_EQ(counts.delivered + counts.cancelled_out, 60'000U);
  for (std::size_t client = 0; client < kClients; ++client) {
    const auto& edges = told["client" + std::to_string(client)];
    for (std::size_t i = 0; i < edges.size(); ++i)
      ASSERT_EQ(edges[i][0], i % 2 == 0 ? '+' : '-') << "in turn";
    ASSERT_EQ(edges.size() % 2 == 1, is_here[client]) << "what the backend knows is true";
  }
}

}  // namespace
}  // namespace tayori::hub
