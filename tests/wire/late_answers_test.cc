// Answers that a program's route gives long after its request was handed over: by then the loop has gone on, and nothing
// but the unanswered request holds the connection.

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <utility>

#include "running_server.h"

namespace tayori::wire {
namespace {

std::string request(const std::string& line, const std::string& fields = {}) {
  return line + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

/// A server with one loop, whose route /late answers when the test says so.
class LateAnswer : public testing::Test {
 protected:
  static constexpr std::size_t kLongBytes = 8'000'000;

  ~LateAnswer() override { answer_now(); }

  /// Sends `bytes`, and waits until the handler has begun and the loop has answered somebody else since.
  void ask(net::LoopbackPeer& peer, const std::string& bytes) {
    ASSERT_TRUE(peer.send(bytes));
    begun_.get_future().wait();
    net::LoopbackPeer other(server_.public_port());
    other.send(request("GET /_ah/channel/jsapi"));
    EXPECT_EQ(await_answer(other).status, 200);
  }
  void answer_now() {
    if (!std::exchange(has_answered_, true)) go_.set_value();
  }

  static server::Config config() {
    server::Config config = quick_config();
    config.server.loops = 1;
    return config;
  }

  std::promise<void> begun_;
  std::promise<void> go_;
  const std::shared_future<void> gone_ = go_.get_future().share();
  bool has_answered_ = false;
  RunningServer server_{config(), [this](Server& embedding) {
                          embedding.route("GET", "/late", [this](const HttpRequest&) {
                            begun_.set_value();
                            gone_.wait();
                            return HttpResponse::text(200, std::string(kLongBytes, 'x'));
                          });
                          embedding.route("GET", "/next", [](const HttpRequest&) {
                            return HttpResponse::text(200, "next");
                          });
                        }};
};

TEST_F(LateAnswer, comes_whole_and_leaves_the_connection_to_the_next_request) {
  net::LoopbackPeer peer(server_.public_port());
  ask(peer, request("GET /late"));
  answer_now();
  EXPECT_EQ(await_answer(peer).body, std::string(kLongBytes, 'x'));
  ASSERT_TRUE(peer.send(request("GET /next")));
  EXPECT_EQ(await_answer(peer).body, "next");
}

TEST_F(LateAnswer, comes_whole_before_the_end_that_was_asked_for) {
  net::LoopbackPeer peer(server_.public_port());
  ask(peer, request("GET /late", "Connection: close\r\n"));
  answer_now();
  EXPECT_EQ(await_answer(peer).body.size(), kLongBytes);
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
}

TEST_F(LateAnswer, comes_before_those_to_requests_that_were_pipelined_behind_it) {
  net::LoopbackPeer peer(server_.public_port());
  ask(peer, request("GET /late") + request("GET /next") + request("GET /_ah/channel/jsapi"));
  EXPECT_EQ(peer.waiting(), 0U) << "though these could be answered";
  answer_now();
  EXPECT_EQ(await_answer(peer).body.size(), kLongBytes);
  EXPECT_EQ(await_answer(peer).body, "next");
  EXPECT_EQ(await_answer(peer).status, 200);
}

TEST_F(LateAnswer, to_head_has_no_body) {
  net::LoopbackPeer peer(server_.public_port());
  ask(peer, request("HEAD /late"));
  answer_now();
  const net::HttpAnswer answer = await_answer(peer, net::Answering::head);
  EXPECT_EQ(answer.field("Content-Length"), std::to_string(kLongBytes));
  ASSERT_TRUE(peer.send(request("GET /next")));
  EXPECT_EQ(await_answer(peer).body, "next");
}

TEST_F(LateAnswer, to_a_peer_that_is_gone_troubles_nobody) {
  {
    net::LoopbackPeer peer(server_.public_port());
    ask(peer, request("GET /late"));
    peer.reset();
  }
  answer_now();
  net::LoopbackPeer other(server_.public_port());
  ASSERT_TRUE(other.send(request("GET /next")));
  EXPECT_EQ(await_answer(other).body, "next");
}

}  // namespace
}  // namespace tayori::wire
