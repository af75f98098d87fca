// Keys that change at SIGHUP while sessions live: none is cut off, and none comes in with a key whose time is over.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <mutex>
#include <string>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using testing::ElementsAreArray;

/// Keys by number, so that a test can tell which comes after which.
std::string key(int number) { return std::to_string(number) + std::string(40, 'k'); }

/// A token of a backend that signs for itself.
std::string token_of(int number, std::string_view client) {
  const auto now = std::chrono::system_clock::now();
  return access::Tokens(*access::TokenKeys::of(key(number)))
      .sign({.client_id = *ClientId::parse(client),
             .issued_at = now,
             .expires_at = now + std::chrono::hours{1},
             .id = {}});
}

/// A server whose configuration the test changes.
class RotatingServer {
 public:
  RotatingServer() : server_(config_of(1), {}, [this] { return read(); }) {}

  /// Makes key `number` the current one and the one before it the previous, and waits until they are.
  void rotate_to(int number) {
    {
      const std::scoped_lock lock(mutex_);
      file_ = {config_of(number), {}};
    }
    ::kill(::getpid(), SIGHUP);
    while (!server_.server().client_of(token_of(number, "anyone"))) std::this_thread::yield();
  }
  /// The next reading finds a mistake, and another key.
  void break_configuration() {
    const std::scoped_lock lock(mutex_);
    file_ = {config_of(9), {{"tayori.toml:1:1", "nonsense"}}};
    reads_ = 0;
  }
  void reload() { ::kill(::getpid(), SIGHUP); }
  void await_reading() {
    while (true) {
      const std::scoped_lock lock(mutex_);
      if (reads_ > 0) return;
    }
  }

  WebSocketPage connect() { return WebSocketPage(server_.public_port()); }
  RunningServer& operator*() { return server_; }
  RunningServer* operator->() { return &server_; }

 private:
  static server::Config config_of(int number) {
    server::Config config = quick_config();
    config.internal.api_key = "key of backends";
    config.tokens.key = key(number);
    if (number > 1) config.tokens.previous_key = key(number - 1);
    return config;
  }
  server::ConfigRead read() {
    const std::scoped_lock lock(mutex_);
    ++reads_;
    return file_;
  }

  std::mutex mutex_;
  server::ConfigRead file_;  // under mutex_
  int reads_ = 0;            // under mutex_
  RunningServer server_;
};

TEST(KeyRotation, leaves_a_live_session_alone_however_often_it_happens) {
  RotatingServer server;
  WebSocketPage page = server.connect();
  page.open(token_of(1, "ann"));
  for (int number = 2; number <= 4; ++number) {
    server.rotate_to(number);
    server->send("ann", "after " + std::to_string(number));
    EXPECT_EQ(page.next_message().data, "after " + std::to_string(number));
  }
}

TEST(KeyRotation, takes_tokens_of_the_current_and_the_previous_key_and_no_older_ones) {
  RotatingServer server;
  server.rotate_to(2);
  server.rotate_to(3);
  for (const int number : {2, 3}) server.connect().open(token_of(number, "ann"));
  WebSocketPage late = server.connect();
  late.say(WebSocketPage::token_frame(token_of(1, "ann")));
  EXPECT_THAT(late.rest(), ElementsAreArray(ended_for(ErrorCode::invalid_token)));
}

TEST(KeyRotation, signs_with_the_current_key) {
  RotatingServer server;
  server.rotate_to(2);
  const std::string token = server->token("ann");
  const access::Tokens only_second(*access::TokenKeys::of(key(2)));
  EXPECT_TRUE(only_second.verify(token, std::chrono::system_clock::now()));
}

TEST(KeyRotation, lets_a_session_under_the_old_key_renew_with_a_token_of_the_new_one) {
  RotatingServer server;
  WebSocketPage page = server.connect();
  page.open(token_of(1, "ann"));
  server.rotate_to(2);
  server.rotate_to(3);
  page.open(token_of(3, "ann"));
  server->send("ann", "renewed");
  EXPECT_EQ(page.next_message().data, "renewed");
}

TEST(KeyRotation, ends_a_session_that_renews_with_a_key_whose_time_is_over) {
  RotatingServer server;
  WebSocketPage page = server.connect();
  page.open(token_of(1, "ann"));
  server.rotate_to(2);
  server.rotate_to(3);
  page.say(WebSocketPage::token_frame(token_of(1, "ann")));
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::invalid_token)));
}

TEST(KeyRotation, does_not_happen_when_the_configuration_is_wrong) {
  RotatingServer server;
  WebSocketPage page = server.connect();
  page.open(token_of(1, "ann"));
  server.break_configuration();
  server.reload();
  server.await_reading();
  server->send("ann", "as before");
  EXPECT_EQ(page.next_message().data, "as before");
  server.connect().open(token_of(1, "bob"));
  // Behind this reading the one before it is over.
  server.rotate_to(2);
  EXPECT_FALSE(server->server().client_of(token_of(9, "ann")));
}

}  // namespace
}  // namespace tayori::wire
