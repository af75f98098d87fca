// Peers that begin something and fall silent, with limits short enough to wait for.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAreArray;

/// Everything that has a time limit has a short one.
server::Config hasty_config() {
  server::Config config = quick_config();
  config.http.head_timeout = milliseconds{100};
  config.http.body_timeout = milliseconds{100};
  config.http.idle = milliseconds{100};
  config.session.authenticate = milliseconds{100};
  config.session.heartbeat = milliseconds{100};
  return config;
}

TEST(SlowPeer, that_never_ends_its_head_is_told_so) {
  RunningServer server(hasty_config());
  net::LoopbackPeer peer(server.public_port());
  ASSERT_TRUE(peer.send("GET / HTTP/1.1\r\nHost: h\r\nX: "));
  const net::HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.field("Connection"), "close");
  EXPECT_TRUE(peer.until_end());
}

TEST(SlowPeer, that_drips_its_head_is_told_so) {
  RunningServer server(hasty_config());
  net::LoopbackPeer peer(server.public_port());
  ASSERT_TRUE(peer.send("GET / HTTP/1.1\r\nHost: h\r\nX: "));
  EXPECT_TRUE(peer.until([&] {
    peer.send_some("x");
    return !peer.received().empty() || peer.has_ended();
  }));
  EXPECT_EQ(await_answer(peer).status, 408);
}

TEST(SlowPeer, that_never_ends_its_body_is_told_so) {
  RunningServer server(hasty_config());
  net::LoopbackPeer peer(server.internal_port());
  ASSERT_TRUE(peer.send("POST /v1/broadcast HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nx"));
  EXPECT_EQ(await_answer(peer).status, 408);
  EXPECT_TRUE(peer.until_end());
}

TEST(SlowPeer, that_says_nothing_is_closed_without_a_word) {
  RunningServer server(hasty_config());
  net::LoopbackPeer peer(server.public_port());
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(peer.received(), "");
}

TEST(SlowPage, that_shows_no_token_is_closed) {
  RunningServer server(hasty_config());
  WebSocketPage page(server.public_port());
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::not_authenticated)));
}

TEST(SlowPage, that_sends_heartbeats_in_place_of_a_token_is_closed) {
  RunningServer server(hasty_config());
  WebSocketPage page(server.public_port());
  EXPECT_TRUE(page.peer().until([&] {
    page.peer().send_some(net::masked_frame("h"));
    return !page.peer().received().empty() || page.peer().has_ended();
  }));
  EXPECT_EQ(page.next_text(), ended_for(ErrorCode::not_authenticated).front());
}

TEST(SlowPage, that_falls_silent_within_a_token_frame_is_closed) {
  RunningServer server(hasty_config());
  const std::string frame = net::masked_frame(WebSocketPage::token_frame(server.token("ann")));
  WebSocketPage page(server.public_port(), frame.substr(0, frame.size() - 1));
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::not_authenticated)));
}

TEST(SlowPage, that_falls_silent_within_a_frame_of_its_session_counts_as_lost) {
  RunningServer server(hasty_config());
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  page.send_bytes(net::masked_frame("h").substr(0, 3));
  std::vector<std::string> rest = page.rest();
  std::erase(rest, "h");
  EXPECT_THAT(rest, ElementsAreArray(ended_for(ErrorCode::heartbeat_lost)));
  EXPECT_TRUE(server.until_metric("tayori_sessions", "0"));
}

TEST(SlowPage, that_is_idle_but_heard_stays) {
  server::Config config = hasty_config();
  config.session.heartbeat = milliseconds{300};
  RunningServer server(config);
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  // Each of the server's heartbeats is answered by one.
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(page.next_text(), "h");
    ASSERT_TRUE(page.say("h"));
  }
  server.send("ann", "still here");
  EXPECT_EQ(page.next_message().data, "still here");
}

/// The epoch that an `o` frame names.
std::string epoch_of(const std::string& opened) {
  const std::size_t at = opened.find("\"cursor\":\"") + 10;
  return opened.substr(at, opened.find('-', at) - at);
}

TEST(SlowPage, that_reads_nothing_is_cut_and_comes_back_for_what_it_missed) {
  server::Config config = quick_config();
  config.session.outbox_bytes = 100'000;
  config.log.history_messages = 100'000;
  RunningServer server(config);
  const std::string token = server.token("slow");
  constexpr int kMessages = 2'000;
  const std::string filling(10'000, 'x');
  int received = 0;
  std::string cursor;

  WebSocketPage page(server.public_port());
  const std::string epoch = epoch_of(page.open(token));
  for (int i = 0; i < kMessages; ++i) server.send("slow", std::to_string(i) + filling);
  EXPECT_TRUE(server.until_metric("tayori_refusals_total{reason=\"too_slow\"}", "1"));
  std::string text = page.next_text();
  for (; text.starts_with('m'); text = page.next_text()) {
    const std::size_t line = text.find('\n');
    ASSERT_EQ(text.substr(line + 1), std::to_string(received++) + filling);
    cursor = epoch + "-" + text.substr(1, line - 1);
  }
  EXPECT_EQ(text, ended_for(ErrorCode::too_slow).front());
  ASSERT_GT(received, 0);
  ASSERT_LT(received, kMessages);

  WebSocketPage again(server.public_port());
  again.open(token, cursor);
  for (; received < kMessages; ++received)
    ASSERT_EQ(again.next_message().data, std::to_string(received) + filling);
}

}  // namespace
}  // namespace tayori::wire
