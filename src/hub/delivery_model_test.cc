// Every page against the protocol's promise, while messages of all kinds are sent at random, pages
// come, go, join and leave groups, read slowly and come back on other loops, are loaded anew with tokens made earlier, renew them
// or let them run out, and history runs out by each of its limits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "broker/seeds.h"
#include "hub/page_model.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLoops = 2;
constexpr std::uint64_t kClients = 4;
/// Of which each page's token names two.
constexpr std::uint64_t kGroups = 4;
constexpr std::size_t kPages = 7;

class Simulation {
 public:
  Simulation(std::uint64_t seed, std::size_t remembered_topics)
      : random_(base::Random::seeded(seed)) {
    const broker::HistoryLimits history{.age = std::chrono::seconds(20 + random_.below(100)),
                                        .messages_per_topic = 5 + random_.below(60),
                                        .bytes_per_topic = 2'000 + random_.below(30'000),
                                        .bytes = 5'000 + random_.below(60'000),
                                        .remembered_topics = remembered_topics};
    const SessionLimits session{.outbox_bytes = 6'000 + random_.below(40'000),
                                .heartbeat = std::chrono::seconds(15 + random_.below(100))};
    hub_.start(TestHub::with(history, session), kLoops);
    for (std::size_t i = 0; i < kPages; ++i) {
      const std::uint64_t client = i % kClients;
      pages_.emplace_back(log_, joined_, hub_.clock_, "c" + std::to_string(client),
                          std::vector{group(client), group(client + 1)});
    }
  }

  void step() {
    PageModel& page = pages_[random_.below(pages_.size())];
    const std::uint64_t dice = random_.below(100);
    if (dice < 34) return publish();
    if (dice < 40) return change_membership();
    if (dice < 60) return turn_one_loop();
    if (dice < 78) return page.read(random_.below(2) == 0 ? SIZE_MAX : 1'000);
    if (dice < 92) return talk(page);
    return pass(std::chrono::milliseconds(random_.below(random_.below(10) == 0 ? 60'000 : 2'000)));
  }

  /// Lets every page come back and read to the head.
  void settle() {
    made_.clear();
    for (PageModel& page : pages_) connect(page);
    for (bool has_moved = true; has_moved;) {
      has_moved = false;
      hub_.turn();
      for (PageModel& page : pages_) {
        const std::size_t before = page.seen() + page.gaps();
        page.read();
        has_moved = has_moved || !page.is_open() || page.seen() + page.gaps() > before;
        connect(page);
      }
    }
  }

  void expect_no_holes() {
    for (const PageModel& page : pages_) {
      EXPECT_THAT(page.holes(), testing::IsEmpty()) << page.client();
      EXPECT_TRUE(page.is_open());
      EXPECT_FALSE(page.owes_gap()) << "recovered: false was told, and no gap";
    }
  }
  /// What is behind a page's cursor, after it was settled, was not for it: so one more broadcast
  /// brings every cursor to the head, where holes() sees all there ever was.
  void broadcast_to_all() {
    publish(broker::Topic::everyone());
    const Sequence last = log_.rbegin()->first;
    settle();
    for (const PageModel& page : pages_) EXPECT_EQ(page.cursor(), last);
  }
  void expect_no_idle_gap() {
    for (const PageModel& page : pages_) EXPECT_EQ(page.idle_gaps(), 0U) << page.client();
  }
  /// The life of the longest token goes by without a sweep: the next one tells everybody.
  void expect_all_time_out() {
    hub_.pass(std::chrono::minutes{121});
    for (PageModel& page : pages_) {
      page.read();
      EXPECT_FALSE(page.is_connected()) << page.client();
      ASSERT_FALSE(page.errors().empty());
      EXPECT_EQ(page.errors().back(), "token_timed_out") << page.client();
    }
  }
  /// Each client's edges alternate, and all are gone in the end.
  void expect_presence() {
    for (PageModel& page : pages_) page.hang_up();
    hub_.turn();
    hub_.pass(10s);
    std::map<std::string, char> last;
    for (const std::string& edge : hub_.edges()) {
      char& before = last.try_emplace(edge.substr(1), '-').first->second;
      EXPECT_NE(edge[0], before) << edge;
      before = edge[0];
    }
    EXPECT_EQ(last.size(), kClients);
    for (const auto& [client, edge] : last) EXPECT_EQ(edge, '-') << client;
  }

  void count(std::map<std::string, std::size_t>& happened) const {
    for (const PageModel& page : pages_) {
      happened["messages"] += page.seen();
      happened["gaps"] += page.gaps();
      happened["heard by joining"] += page.heard_by_joining();
      happened["resumed"] += page.resumed();
      happened["renewed"] += page.renewed();
      happened["opened by a bookmark behind the head"] += page.opened_late();
      for (const std::string& error : page.errors()) ++happened[error];
    }
    const auto evictions = hub_.hub_->held().evictions;
    happened["evicted by age"] += evictions.age;
    happened["evicted by count"] += evictions.messages_per_topic;
    happened["evicted by bytes of a topic"] += evictions.bytes_per_topic;
    happened["evicted by bytes"] += evictions.bytes;
    for (const auto& [number, one] : log_) {
      using Kind = broker::Topic::Kind;
      const Kind kind = one.topic.kind;
      ++happened[kind == Kind::client  ? "sent to a client"
                 : kind == Kind::group ? "sent to a group"
                                       : "sent to everyone"];
    }
  }

 private:
  static std::string group(std::uint64_t i) { return "g" + std::to_string(i % kGroups); }

  /// All that was published, each coming and going, and each change of a membership has taken one number.
  [[nodiscard]] Sequence head() const { return {log_.size() + hub_.edges_.size() + changes_}; }

  void change_membership() {
    const std::string client = "c" + std::to_string(random_.below(kClients));
    const std::string group = Simulation::group(random_.below(kGroups));
    const Sequence number = head().next();
    const bool joins = random_.below(2) == 0;
    const auto done = [&](const Result<Membership>& changed) {
      EXPECT_EQ(changed->cursor.sequence, number);
    };
    if (joins) {
      joined_.join(client, group, number);
      hub_.hub_->join_group(*GroupName::parse(group), *ClientId::parse(client), done);
    } else {
      joined_.leave(client, group, number);
      hub_.hub_->leave_group(*GroupName::parse(group), *ClientId::parse(client), done);
    }
    ++changes_;
  }

  void publish() {
    switch (random_.below(3)) {
      case 0: return publish(broker::Topic::everyone());
      case 1: return publish(broker::Topic::of(*GroupName::parse(group(random_.below(kGroups)))));
      default: break;
    }
    // One client more than there are, whom nobody hears.
    const std::string client = "c" + std::to_string(random_.below(kClients + 1));
    publish(broker::Topic::of(*ClientId::parse(client)));
  }
  void publish(const broker::Topic& topic) {
    const std::uint64_t size = random_.below(8) == 0 ? random_.below(3'000) : random_.below(100);
    std::string data = std::to_string(log_.size()) + std::string(size, '.');
    const Sent sent = hub_.publish(topic, data);
    EXPECT_EQ(sent.cursor.sequence, head().next());
    log_.emplace(sent.cursor.sequence, Published{topic, std::move(data)});
  }

  void turn_one_loop() {
    net::Loop& loop = hub_.loops_[random_.below(kLoops)];
    // Often only part of what is ready, so that the loops and their posts fall out of step.
    for (std::uint64_t i = 0, count = 1 + random_.below(20); i < count; ++i) {
      loop.context().poll_one();
    }
  }

  void talk(PageModel& page) {
    if (!page.is_connected()) return connect(page);
    switch (random_.below(5)) {
      case 0: return random_.below(3) == 0 ? page.reload() : page.hang_up();
      case 1: return page.say(random_.below(2) == 0 ? "h" : "c");
      case 2:
        if (page.is_open()) page.renew(token_for(page));
        return;
      case 3: return made_[page.client()].push_back(make_token(page));
      default: return page.say("h");
    }
  }
  void connect(PageModel& page) {
    if (page.is_connected()) return;
    const bool is_narrow = random_.below(2) == 0;
    page.connect(hub_.loop_hub(random_.below(kLoops)),
                 is_narrow ? Browser::Pipe::narrow : Browser::Pipe::wide, token_for(page));
  }

  MadeToken make_token(const PageModel& page) {
    const std::chrono::minutes life{random_.below(4) == 0 ? 120 : 1 + random_.below(3)};
    const auto now = std::chrono::floor<std::chrono::seconds>(hub_.clock_.wall());
    return {hub_.token(page.client(), page.groups(), life), head(), now + life};
  }
  /// One made earlier, which may have run out, or a fresh one.
  MadeToken token_for(const PageModel& page) {
    auto& made = made_[page.client()];
    if (made.empty() || random_.below(2) == 0) return make_token(page);
    MadeToken token = std::move(made.front());
    made.pop_front();
    return token;
  }

  void pass(std::chrono::milliseconds time) {
    hub_.clock_.advance(time);
    for (net::Loop& loop : hub_.loops_) {
      if (random_.below(3) > 0) loop.sweep_now();
    }
  }

  base::Random random_;
  AllPublished log_;
  JoinedGroups joined_;
  std::size_t changes_ = 0;
  TestHub hub_;
  std::deque<PageModel> pages_;
  /// Tokens that were made and not shown yet, by client.
  std::map<std::string, std::deque<MadeToken>> made_;
};

void run_all(std::size_t remembered_topics) {
  std::map<std::string, std::size_t> happened;
  const auto seeds = broker::seeds(12);
  for (const std::uint64_t seed : seeds) {
    SCOPED_TRACE(broker::again_with(seed));
    Simulation simulation(seed, remembered_topics);
    for (int step = 0; step < 1'500 && !testing::Test::HasFailure(); ++step) {
      simulation.step();
    }
    simulation.settle();
    simulation.expect_no_holes();
    simulation.broadcast_to_all();
    simulation.expect_no_holes();
    if (remembered_topics >= kClients + kGroups + 2) simulation.expect_no_idle_gap();
    simulation.count(happened);
    simulation.expect_all_time_out();
    simulation.expect_presence();
    if (testing::Test::HasFailure()) return;
  }
  if (seeds.size() == 1) return;
  // Else the test would have tested nothing.
  for (const char* what :
       {"heard by joining", "sent to a client", "sent to a group", "sent to everyone", "messages",
        "gaps", "resumed", "renewed", "opened by a bookmark behind the head", "evicted by age",
        "evicted by count", "evicted by bytes of a topic", "evicted by bytes", "too_slow",
        "heartbeat_lost", "token_timed_out"}) {
    EXPECT_GT(happened[what], 0U) << what;
  }
}

TEST(DeliveryModel, every_page_gets_all_in_order_once_or_is_told_of_a_gap) { run_all(1'000); }

TEST(DeliveryModel, no_page_is_left_in_silence_when_no_topic_is_remembered) { run_all(0); }

}  // namespace
}  // namespace tayori::hub
