// A thousand pages that read beside fifty that have stopped: who reads misses nothing, who does not is closed, and what
// the server holds for those stays within what is configured. Everything is counted, nothing is timed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using testing::ElementsAreArray;

constexpr int kHealthy = 1'000;
constexpr int kStalled = 50;
/// Broadcasts of the series at least, and when something is wrong.
constexpr int kRounds = 20;
constexpr int kRoundsMax = 1'000;
/// What a stalled page is sent beside each broadcast. The kernel takes a few MB for it before the outbox fills.
constexpr int kOwnMessages = 4;
constexpr std::size_t kOwnBytes = 30'000;

constexpr std::size_t kOutboxBytes = 131'072;
constexpr std::size_t kHistoryBytes = 4'194'304;
/// Queues, counters and the test's own strings.
constexpr std::size_t kSpareBytes = 4'194'304;

/// Both ends of each connection are this process's. False when the system grants too few descriptors.
bool take_descriptors() {
  constexpr rlim_t kNeeded = 2 * (kHealthy + kStalled) + 200;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= kNeeded) return true;
  if (limit.rlim_max < kNeeded) return false;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

/// Bytes that the process has from its allocator and has not given back.
std::size_t held_bytes() {
  const auto told = ::mallinfo2();
  return told.uordblks + told.hblkhd;
}

class StalledPages : public testing::Test {
 protected:
  static server::Config config() {
    server::Config config = quick_config();
    config.session.outbox_bytes = kOutboxBytes;
    config.log.history_bytes = kHistoryBytes;
    // However slow the machine is, nobody is taken for lost.
    config.session.heartbeat = std::chrono::seconds{300};
    return config;
  }

  void open_all() {
    for (int i = 0; i < kHealthy; ++i) open(healthy_, "healthy " + std::to_string(i));
    for (int i = 0; i < kStalled; ++i) open(stalled_, stalled(i));
  }
  void open(std::deque<WebSocketPage>& pages, const std::string& client) {
    pages.emplace_back(server_.public_port()).open(server_.token(client));
  }
  static std::string stalled(int i) { return "stalled " + std::to_string(i); }

  /// One broadcast for all, behind messages that only the stalled pages are sent. When every healthy page has the
  /// broadcast, its loop has gone through all that came before it. Returns how many have got it.
  int round(int number) {
    const std::string filling(kOwnBytes, 'x');
    for (int i = 0; i < kStalled; ++i) {
      for (int j = 0; j < kOwnMessages; ++j) server_.send(stalled(i), filling);
    }
    const std::string text = "round " + std::to_string(number);
    server_.server().broadcast(*Payload::parse(text));
    return static_cast<int>(
        std::count_if(healthy_.begin(), healthy_.end(),
                      [&](WebSocketPage& page) { return page.next_message().data == text; }));
  }
  std::string too_slow() { return server_.metric("tayori_refusals_total{reason=\"too_slow\"}"); }

  RunningServer server_{config()};
  std::deque<WebSocketPage> healthy_;
  std::deque<WebSocketPage> stalled_;
};

TEST_F(StalledPages, are_closed_while_a_thousand_others_get_every_message) {
  if (!take_descriptors()) GTEST_SKIP() << "the system grants too few file descriptors";
  open_all();
  const std::size_t before = held_bytes();
  const std::size_t bound = kHistoryBytes + kStalled * kOutboxBytes + kSpareBytes;
  int rounds = 0;
  while (rounds < kRounds || (too_slow() != std::to_string(kStalled) && rounds < kRoundsMax)) {
    ASSERT_EQ(round(rounds++), kHealthy);
    ASSERT_LT(held_bytes(), before + bound) << "after " << rounds << " rounds";
  }
  EXPECT_EQ(too_slow(), std::to_string(kStalled)) << "after " << rounds << " rounds";
  EXPECT_EQ(server_.metric("tayori_sessions"), std::to_string(kHealthy));
  EXPECT_GT(rounds * kOwnMessages * kStalled * kOwnBytes, 2 * bound) << "else nothing was bounded";

  for (WebSocketPage& page : stalled_) {
    const auto said = page.rest();
    ASSERT_GT(said.size(), 3U);
    EXPECT_THAT(std::vector(said.end() - 3, said.end()),
                ElementsAreArray(ended_for(ErrorCode::too_slow)));
  }
  EXPECT_EQ(round(rounds), kHealthy) << "and nothing but messages has come to them";
}

}  // namespace
}  // namespace tayori::wire
