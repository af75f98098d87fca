// Answers that are held back, and peers that do not wait for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "net/http_over_loopback.h"

namespace tayori::net {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"; }

class HttpWatch : public testing::Test {
 protected:
  /// Sends a request and holds its answer back.
  void hold(LoopbackPeer& peer, const std::string& path = "/held") {
    ASSERT_TRUE(peer.send(get(path)));
    ASSERT_TRUE(peer.until([&] { return server_.exchanges.size() == 1; }));
    watch();
  }
  void watch() {
    server_.on_loop([this] {
      server_.exchanges.front().watch([this] {
        ++gone_;
        server_.exchanges.clear();
      });
    });
  }
  bool until_gone(LoopbackPeer& other) {
    return other.until([this] { return gone_ > 0; });
  }

  HttpOverLoopback server_;
  int gone_ = 0;
};

TEST_F(HttpWatch, tells_that_the_peer_has_closed) {
  LoopbackPeer other = server_.connect();
  LoopbackPeer peer = server_.connect();
  hold(peer);
  peer.close();
  ASSERT_TRUE(until_gone(other));
  EXPECT_EQ(server_.loop.traffic().exchanges_open.value(), 0U);
  server_.turn();
  EXPECT_EQ(server_.loop.traffic().connections_open.value(), 1U) << "the other one";
  hold(other);
  server_.respond(HttpResponse::text(200, "unharmed"));
  EXPECT_EQ(await_answer(other).body, "unharmed");
  EXPECT_EQ(gone_, 1);
}

TEST_F(HttpWatch, tells_that_the_peer_has_reset) {
  LoopbackPeer other = server_.connect();
  LoopbackPeer peer = server_.connect();
  hold(peer);
  peer.reset();
  EXPECT_TRUE(until_gone(other));
}

// A page that has gone and one that only says that it will send no more look the same from here.
TEST_F(HttpWatch, takes_a_peer_that_will_send_no_more_for_gone) {
  LoopbackPeer peer = server_.connect();
  hold(peer);
  peer.finish();
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(gone_, 1);
  EXPECT_THAT(peer.received(), IsEmpty());
}

TEST_F(HttpWatch, is_what_a_peer_that_will_send_no_more_is_taken_for_gone_by) {
  LoopbackPeer peer = server_.connect();
  ASSERT_TRUE(peer.send(get("/plain")));
  peer.finish();
  ASSERT_TRUE(peer.until([&] { return server_.exchanges.size() == 1; }));
  server_.respond(HttpResponse::text(200, "still answered"));
  EXPECT_EQ(await_answer(peer).body, "still answered");
}

TEST_F(HttpWatch, tells_nothing_once_it_is_answered) {
  LoopbackPeer other = server_.connect();
  LoopbackPeer peer = server_.connect();
  for (int i = 0; i < 20; ++i) {
    hold(peer);
    server_.respond(HttpResponse::text(200, "x"));
    EXPECT_EQ(await_answer(peer).body, "x");
  }
  peer.close();
  EXPECT_TRUE(other.until([&] { return server_.loop.traffic().connections_open.value() == 1; }));
  EXPECT_EQ(gone_, 0);
}

TEST_F(HttpWatch, leaves_a_request_behind_it_for_later) {
  LoopbackPeer peer = server_.connect();
  hold(peer, "/1");
  ASSERT_TRUE(peer.send(get("/2") + get("/3")));
  server_.turn();
  EXPECT_EQ(server_.requests.size(), 1U);
  for (const char* text : {"one", "two", "three"}) {
    server_.respond(HttpResponse::text(200, text));
    EXPECT_EQ(await_answer(peer).body, text);
    server_.turn();
  }
  EXPECT_EQ(server_.requests.back().path, "/3");
  EXPECT_EQ(gone_, 0);
}

TEST_F(HttpWatch, holds_an_answer_as_long_as_its_holder_wants) {
  LoopbackPeer peer = server_.connect();
  hold(peer);
  server_.pass(1h);
  server_.respond(HttpResponse::text(200, "late"));
  EXPECT_EQ(await_answer(peer).body, "late");
  EXPECT_EQ(gone_, 0);
}

TEST(HttpConnection, takes_no_request_from_a_peer_that_has_gone) {
  HttpOverLoopback server;
  LoopbackPeer peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1") + get("/2") + get("/3")));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  peer.reset();
  server.respond(HttpResponse::text(200, "for nobody"));
  server.turn();
  EXPECT_EQ(server.requests.size(), 1U);
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
}

/// Stands in the sweep until somebody takes it out.
struct Neighbour final : Swept {
  void on_sweep(std::chrono::steady_clock::time_point /*now*/) override {}
};

/// Has the peer, which reads nothing, ask until an answer does not fit into the kernel any more.
void fill(HttpOverLoopback& server, LoopbackPeer& peer) {
  server.answer = [](const HttpRequest&) {
    return HttpResponse::text(200, std::string(65'536, 'x'));
  };
  bool is_full = false;
  while (!is_full) {
    const std::uint64_t before = server.loop.traffic().bytes_out.value();
    const std::size_t asked = server.requests.size();
    peer.send_some(get("/"));
    while (server.requests.size() == asked) server.turn();
    server.turn();
    is_full = server.loop.traffic().bytes_out.value() - before < 65'536;
  }
  server.answer = {};
}

// Whoever watches may be swept too, and goes with the peer.
TEST(HttpConnection, that_is_cut_in_the_sweep_may_take_others_out_of_it) {
  HttpOverLoopback server({.idle_time = 10s});
  LoopbackPeer peer = server.connect(4'096);
  fill(server, peer);
  peer.send_some(get("/held"));
  while (server.exchanges.empty()) server.turn();
  Neighbour neighbour;
  server.loop.sweep(neighbour);
  int gone = 0;
  server.on_loop([&] {
    server.exchanges.front().watch([&] {
      ++gone;
      neighbour.unlink();
      server.exchanges.clear();
    });
  });
  server.pass(10s);
  EXPECT_EQ(gone, 1);
}

}  // namespace
}  // namespace tayori::net
