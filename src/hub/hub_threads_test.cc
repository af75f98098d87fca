// Two loops on two threads, senders and browsers on others: what ThreadSanitizer should see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using testing::ElementsAre;

class HubThreadsTest : public HubTest {
 protected:
  static constexpr std::size_t kLoops = 2;
  static constexpr const char* kLast = "that was all";

  void run_loops() {
    // Enough for all: what is lost here was lost by a race.
    start(with({.messages_per_topic = 100'000}, {.outbox_bytes = 50'000}), kLoops);
    for (net::Loop& loop : loops_) threads_.emplace_back([&loop] { loop.run(); });
  }
  void TearDown() override {
    for (net::Loop& loop : loops_) loop.stop();
    for (std::thread& thread : threads_) thread.join();
  }

  /// A connection to loop `i`, taken in by the loop's own thread.
  std::unique_ptr<session::BrowserEnd> connect_to(std::size_t i) {
    auto browser = std::make_unique<session::BrowserEnd>();
    LoopHub& home = loop_hub(i % kLoops);
    home.loop().post([&home, socket = browser->server_end(home.loop())]() mutable {
      home.adopt(std::move(socket), {});
    });
    return browser;
  }

  /// Publishes `count` messages, to one client, one group and everyone by turns.
  void publish_some(int count) {
    for (int i = 0; i < count; ++i) {
      const broker::Topic topic = i % 3 == 0   ? broker::Topic::of(*ClientId::parse("ann"))
                                  : i % 3 == 1 ? broker::Topic::of(*GroupName::parse("room"))
                                               : broker::Topic::everyone();
      hub_->publish({topic, *Payload::parse(std::to_string(i))}, [&, topic](Result<Sent> sent) {
        ASSERT_TRUE(sent);
        published_.emplace_back(sent->cursor.sequence.value, topic);
      });
    }
  }
  /// The numbers of what a page of `client` in the group, or not, has to get.
  [[nodiscard]] std::vector<std::uint64_t> expected(const std::string& client,
                                                    bool is_in_group) const {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, topic] : published_) {
      using Kind = broker::Topic::Kind;
      const bool is_heard = topic.kind == Kind::everyone ||
                            (topic.kind == Kind::client ? topic.name == client : is_in_group);
      if (is_heard) numbers.push_back(number);
    }
    return numbers;
  }

  /// Opens a page of `token` and comes back on another loop after every `patience` messages, until
  /// the last message. Gives the numbers of what it got.
  std::vector<std::uint64_t> follow(const std::string& token, std::size_t first_loop,
                                    std::size_t patience, bool is_orderly) {
    std::vector<std::uint64_t> seen;
    std::string cursor;
    for (std::size_t loop = first_loop;; ++loop) {
      const auto browser = connect_to(loop);
      browser->say(Browser::opening(token, cursor));
      std::size_t left = patience;
      while (left > 0) {
        const auto frame = browser->wait_frame();
        if (!frame) break;
        const std::string text = told(*frame);
        EXPECT_FALSE(text.ends_with(" lossy")) << text;
        EXPECT_NE(text[0], 'g') << text;
        if (text[0] != 'm') continue;
        const std::size_t space = text.find(' ');
        cursor = "e1-" + text.substr(1, space - 1);
        if (text.substr(space + 1) == kLast) return seen;
        seen.push_back(Cursor::parse(cursor)->sequence.value);
        --left;
      }
      if (is_orderly) browser->say("c");
    }
  }

  std::vector<std::thread> threads_;
  std::vector<std::pair<std::uint64_t, broker::Topic>> published_;  // under the broker's lock
};

TEST_F(HubThreadsTest, gives_each_page_all_in_order_wherever_it_comes_back) {
  run_loops();
  struct Page {
    std::string client;
    bool is_in_group;
    bool is_orderly;
    std::size_t patience;
    std::vector<std::uint64_t> seen = {};
  };
  std::vector<Page> pages{{"ann", true, false, 7},
                          {"ann", false, true, 150},
                          {"bob", true, true, 11},
                          {"bob", false, false, 10'000}};
  std::vector<std::thread> browsers;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Page& page = pages[i];
    const std::string its_token =
        token(page.client,
              page.is_in_group ? std::vector<std::string>{"room"} : std::vector<std::string>{});
    browsers.emplace_back([this, &page, its_token, i] {
      page.seen = follow(its_token, i, page.patience, page.is_orderly);
    });
  }
  std::thread first([this] { publish_some(600); });
  std::thread second([this] { publish_some(600); });
  first.join();
  second.join();
  broadcast(kLast);
  for (std::thread& browser : browsers) browser.join();
  for (const Page& page : pages) {
    EXPECT_EQ(page.seen, expected(page.client, page.is_in_group)) << page.client;
  }
}

TEST_F(HubThreadsTest, answers_polls_and_makes_tokens_while_loops_deliver) {
  run_loops();
  const auto claims = hub_->read_token(token("ann"));
  std::vector<std::uint64_t> polled;
  std::thread poller([&] {
    while (true) {
      const auto message = hub_->dev_polls().poll(*claims, clock_.steady());
      if (!message) {
        std::this_thread::yield();
        continue;
      }
      if (message->data() == kLast) return;
      polled.push_back(message->sequence().value);
    }
  });
  std::thread backend([this] {
    for (int i = 0; i < 100; ++i) {
      EXPECT_TRUE(hub_->create_channel(*ClientId::parse("bob"), {}));
      EXPECT_LE(hub_->present(), 2U);
      EXPECT_LE(hub_->held().messages, 301U);
    }
  });
  std::vector<std::uint64_t> seen;
  std::thread browser([&, own = token("ann")] { seen = follow(own, 0, 20, false); });
  publish_some(300);
  broadcast(kLast);
  for (std::thread* thread : {&poller, &backend, &browser}) thread->join();
  EXPECT_EQ(polled, expected("ann", false));
  EXPECT_EQ(seen, expected("ann", false));
}

TEST_F(HubThreadsTest, drains_both_loops_while_pages_come_and_messages_flow) {
  run_loops();
  std::thread sender([this] { publish_some(300); });
  std::vector<std::thread> browsers;
  for (std::size_t i = 0; i < 4; ++i) {
    browsers.emplace_back([this, i, own = token("ann")] {
      std::string last_error;
      // Until it is turned away; each connection in between ends on its own after some messages.
      for (std::size_t loop = i; last_error.empty(); ++loop) {
        const auto browser = connect_to(loop);
        browser->say(Browser::opening(own));
        for (int left = 10; left > 0; --left) {
          const auto frame = browser->wait_frame();
          if (!frame) break;
          const std::string text = told(*frame);
          if (text.starts_with("e ")) last_error = text;
        }
      }
      EXPECT_EQ(last_error, "e shutting_down");
    });
  }
  sender.join();
  for (std::size_t i = 0; i < kLoops; ++i) {
    loop_hub(i).loop().post([this, i] { loop_hub(i).drain(); });
  }
  for (std::thread& browser : browsers) browser.join();
}

}  // namespace
}  // namespace tayori::hub
