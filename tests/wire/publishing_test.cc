// Publishing from several threads, while sessions come and go.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

constexpr int kThreads = 4;
constexpr int kMessages = 400;  // of each thread

/// Sends messages "THREAD NUMBER" to ann from several threads, and joins them.
class Publishers {
 public:
  explicit Publishers(RunningServer& server) {
    for (int thread = 0; thread < kThreads; ++thread) {
      threads_.emplace_back([this, &server, thread] {
        for (int i = 0; i < kMessages; ++i) {
          server.server().send_message(
              *ClientId::parse("ann"),
              *Payload::parse(std::to_string(thread) + " " + std::to_string(i)),
              [this](const Result<Sent>& sent) { newest_ = sent->cursor.sequence.value; });
        }
      });
    }
  }
  ~Publishers() { join(); }
  Publishers(const Publishers&) = delete;
  Publishers& operator=(const Publishers&) = delete;

  /// The number of the last of all messages, once it is sent.
  std::uint64_t newest() {
    join();
    return newest_;
  }

 private:
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::uint64_t newest_ = 0;  // told one by one, in the order of the log
  std::vector<std::thread> threads_;
};

/// What of the publishers' messages a page has got: each thread's in its order, all in the log's.
class Ledger {
 public:
  void enter(const Message& message) {
    ASSERT_GT(message.sequence, last_) << "out of order, or twice";
    last_ = message.sequence;
    const auto thread = static_cast<std::size_t>(message.data[0] - '0');
    const int number = std::stoi(message.data.substr(2));
    if (next_.at(thread) >= 0) {
      ASSERT_EQ(number, next_.at(thread)) << "of thread " << thread;
    }
    next_.at(thread) = number + 1;
    ++count_;
  }
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] std::uint64_t last() const { return last_; }

 private:
  std::uint64_t last_ = 0;
  int count_ = 0;
  std::array<int, kThreads> next_{-1, -1, -1, -1};
};

server::Config roomy_config() {
  server::Config config = quick_config();
  config.log.history_messages = 100'000;
  return config;
}

TEST(Publishing, from_several_threads_reaches_every_steady_page_once_and_in_order) {
  RunningServer server(roomy_config());
  const std::string token = server.token("ann");
  std::vector<std::unique_ptr<WebSocketPage>> pages;
  for (int i = 0; i < 6; ++i) {
    pages.push_back(std::make_unique<WebSocketPage>(server.public_port()));
    pages.back()->open(token);
  }
  const Publishers publishers(server);
  for (auto& page : pages) {
    Ledger ledger;
    for (int i = 0; i < kThreads * kMessages; ++i) ledger.enter(page->next_message());
  }
}

TEST(Publishing, loses_nothing_for_pages_that_come_while_it_goes_on) {
  RunningServer server(roomy_config());
  const std::string token = server.token("ann");
  Publishers publishers(server);
  for (int i = 0; i < 20; ++i) {
    WebSocketPage page(server.public_port());
    page.open(token);
    Ledger ledger;
    for (int message = 0; message < kThreads * kMessages; ++message)
      ledger.enter(page.next_message());
    EXPECT_EQ(ledger.last(), publishers.newest());
  }
}

TEST(Publishing, loses_nothing_for_a_page_that_reconnects_all_the_time) {
  RunningServer server(roomy_config());
  const std::string token = server.token("ann");
  const Publishers publishers(server);
  Ledger ledger;
  std::string cursor;
  while (ledger.count() < kThreads * kMessages) {
    WebSocketPage page(server.public_port());
    const std::string opened = page.open(token, cursor);
    const std::size_t at = opened.find("\"cursor\":\"") + 10;
    const std::string epoch = opened.substr(at, opened.find('-', at) - at);
    for (int i = 0; i < 40 && ledger.count() < kThreads * kMessages; ++i)
      ledger.enter(page.next_message());
    cursor = epoch + "-" + to_base36({ledger.last()});
    if (ledger.count() % 3 == 0) page.peer().reset();
  }
}

TEST(Publishing, is_not_disturbed_by_pages_that_come_and_go) {
  RunningServer server(roomy_config());
  const std::string token = server.token("ann");
  WebSocketPage steady(server.public_port());
  steady.open(token);
  std::atomic<bool> is_over = false;
  const auto churn = [&](int seed) {
    for (int i = seed; !is_over; ++i) {
      WebSocketPage page(server.public_port(),
                         net::masked_frame(WebSocketPage::token_frame(token)));
      if (i % 3 == 0) page.peer().reset();
      if (i % 3 == 1) page.say("c");
    }
  };
  std::thread one(churn, 0);
  std::thread two(churn, 1);
  {
    const Publishers publishers(server);
    Ledger ledger;
    for (int i = 0; i < kThreads * kMessages; ++i) ledger.enter(steady.next_message());
  }
  is_over = true;
  one.join();
  two.join();
  EXPECT_TRUE(server.until_metric("tayori_sessions", "1"));
}

TEST(Publishing, answers_how_many_sessions_a_message_was_handed_to) {
  RunningServer server;
  const auto sessions = [&] {
    std::promise<std::size_t> answer;
    server.server().send_message(
        *ClientId::parse("ann"), *Payload::parse("x"),
        [&](const Result<Sent>& sent) { answer.set_value(sent->sessions); });
    return answer.get_future().get();
  };
  EXPECT_EQ(sessions(), 0U);
  WebSocketPage one(server.public_port());
  one.open(server.token("ann"));
  EXPECT_EQ(sessions(), 1U);
  WebSocketPage two(server.public_port());
  two.open(server.token("ann"));
  WebSocketPage other(server.public_port());
  other.open(server.token("bob"));
  EXPECT_EQ(sessions(), 2U);
  one.say("c");
  EXPECT_TRUE(server.until_metric("tayori_sessions", "2"));
  EXPECT_EQ(sessions(), 1U);
}

TEST(Publishing, reaches_groups_and_everyone_on_both_loops) {
  RunningServer server;
  ChannelOptions in_group;
  in_group.groups.push_back(*GroupName::parse("g"));
  const std::string member =
      server.server().create_channel(*ClientId::parse("ann"), in_group)->token;
  std::vector<std::unique_ptr<WebSocketPage>> pages;
  for (int i = 0; i < 16; ++i) {
    pages.push_back(std::make_unique<WebSocketPage>(server.public_port()));
    pages.back()->open(i % 2 == 0 ? member : server.token("bob"));
  }
  server.server().send_group(*GroupName::parse("g"), *Payload::parse("to the group"));
  server.server().broadcast(*Payload::parse("to all"));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (i % 2 == 0) {
      EXPECT_EQ(pages[i]->next_message().data, "to the group");
    }
    EXPECT_EQ(pages[i]->next_message().data, "to all");
  }
}

}  // namespace
}  // namespace tayori::wire
