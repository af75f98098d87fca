// What a connection does about peers that are slow, silent, greedy or gone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <string>
#include <vector>

#include "base/bytes.h"
#include "net/http_over_loopback.h"

namespace tayori::net {
namespace {

using base::operator""_KiB;
using base::operator""_MiB;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr HttpLimits kLimits{.body_bytes = 1'000,
                             .head_time = seconds{10},
                             .body_time = seconds{20},
                             .idle_time = seconds{75}};

const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string kHalfHead = "GET / HTTP/1.1\r\nHost: h\r\n";
const std::string kHalfBody = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234";

/// A peer whose bytes the server has read.
LoopbackPeer peer_that_said(HttpOverLoopback& server, const std::string& bytes) {
  const std::uint64_t before = server.loop.traffic().bytes_in.value();
  auto peer = server.connect();
  EXPECT_TRUE(peer.send(bytes));
  EXPECT_TRUE(
      peer.until([&] { return server.loop.traffic().bytes_in.value() == before + bytes.size(); }));
  return peer;
}

/// Gives the server turns while the peer reads nothing.
template <typename Condition>
bool turn_until(HttpOverLoopback& server, Condition condition) {
  for (int turns = 0; turns < 100'000 && !condition(); ++turns) server.turn();
  return condition();
}

void expect_timed_out(HttpOverLoopback& server, LoopbackPeer& peer) {
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.field("Connection"), "close");
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_THAT(server.refusals, ElementsAre(ErrorCode::request_timeout));
}

TEST(HttpConnectionTime, runs_out_for_a_head) {
  HttpOverLoopback server(kLimits);
  auto peer = peer_that_said(server, kHalfHead);
  server.pass(milliseconds{9'999});
  EXPECT_THAT(server.refusals, IsEmpty());
  server.pass(milliseconds{1});
  expect_timed_out(server, peer);
}

TEST(HttpConnectionTime, runs_out_for_a_head_that_goes_on_byte_by_byte) {
  HttpOverLoopback server(kLimits);
  auto peer = peer_that_said(server, "GET / HTTP/1.1\r\nHost: h\r\nX: ");
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(peer.send("x"));
    server.turn();
    server.pass(seconds{1});
  }
  expect_timed_out(server, peer);
}

TEST(HttpConnectionTime, runs_out_for_a_body) {
  HttpOverLoopback server(kLimits);
  auto peer = peer_that_said(server, kHalfBody);
  server.pass(milliseconds{19'999});
  EXPECT_THAT(server.refusals, IsEmpty());
  server.pass(milliseconds{1});
  expect_timed_out(server, peer);
}

TEST(HttpConnectionTime, begins_for_the_body_when_the_head_is_whole) {
  HttpOverLoopback server(kLimits);
  server.answer = echo_path;
  auto peer = peer_that_said(server, kHalfHead);
  server.pass(seconds{9});
  ASSERT_TRUE(peer.send("Content-Length: 1\r\n\r\n"));
  server.turn();
  server.pass(seconds{19});
  ASSERT_TRUE(peer.send("x"));
  EXPECT_EQ(await_answer(peer).status, 200);
}

TEST(HttpConnectionTime, runs_out_for_the_next_request_as_for_the_first) {
  HttpOverLoopback server(kLimits);
  server.answer = echo_path;
  auto peer = peer_that_said(server, kGet);
  await_answer(peer);
  server.pass(seconds{60});
  ASSERT_TRUE(peer.send(kHalfHead));
  server.turn();
  server.pass(milliseconds{9'999});
  EXPECT_THAT(server.refusals, IsEmpty());
  server.pass(milliseconds{1});
  expect_timed_out(server, peer);
}

TEST(HttpConnectionTime, ends_an_idle_connection_without_a_word) {
  HttpOverLoopback server(kLimits);
  server.answer = echo_path;
  auto fresh = server.connect();
  auto used = peer_that_said(server, kGet);
  await_answer(used);
  server.pass(milliseconds{74'999});
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 2U);
  server.pass(milliseconds{1});
  for (LoopbackPeer* peer : {&fresh, &used}) {
    EXPECT_TRUE(peer->until_end());
    EXPECT_THAT(peer->received(), IsEmpty());
    EXPECT_FALSE(peer->was_reset());
  }
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
}

TEST(HttpConnectionTime, is_not_kept_open_by_empty_lines) {
  HttpOverLoopback server(kLimits);
  auto peer = server.connect();
  for (int i = 0; i < 8; ++i) {
    ASSERT_TRUE(peer.send("\r\n"));
    server.turn();
    server.pass(seconds{10});
  }
  EXPECT_TRUE(peer.until_end());
}

TEST(HttpConnectionTime, does_not_run_while_the_handler_works) {
  HttpOverLoopback server(kLimits);
  auto peer = peer_that_said(server, kGet);
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  server.pass(std::chrono::hours{1});
  server.respond(HttpResponse::text(200, "at last"));
  EXPECT_EQ(await_answer(peer).body, "at last");
  server.pass(seconds{74});
  EXPECT_FALSE(peer.has_ended());
}

TEST(HttpConnectionTime, ends_a_peer_that_does_not_take_its_answer) {
  HttpOverLoopback server(kLimits);
  server.answer = [](const HttpRequest&) {
    return HttpResponse::text(200, std::string(32_MiB, 'x'));
  };
  auto peer = server.connect();
  ASSERT_EQ(peer.send_some(kGet), kGet.size());
  ASSERT_TRUE(turn_until(server, [&] { return server.requests.size() == 1; }));
  server.pass(milliseconds{74'999});
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 1U);
  server.pass(milliseconds{1});
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
}

// An answer of a megabyte takes minutes on a bad network, and would be asked for again and again.
TEST(HttpConnectionTime, goes_on_while_a_peer_takes_its_answer_little_by_little) {
  HttpOverLoopback server(kLimits);
  server.answer = [](const HttpRequest&) {
    return HttpResponse::text(200, std::string(64_MiB, 'x'));
  };
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(kGet));
  ASSERT_TRUE(turn_until(server, [&] { return server.requests.size() == 1; }));
  for (std::size_t part = 1; part <= 8; ++part) {
    server.pass(std::chrono::seconds{60});
    ASSERT_TRUE(peer.until_or_end([&] { return peer.received().size() >= part * 8_MiB; })) << part;
  }
  EXPECT_FALSE(peer.was_reset());
}

TEST(HttpConnectionTime, is_short_for_the_peer_to_close_after_the_last_answer) {
  HttpOverLoopback server(kLimits);
  server.answer = echo_path;
  auto peer = peer_that_said(server, "GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 1U);
  server.pass(milliseconds{1'999});
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 1U);
  server.pass(milliseconds{1});
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
}

TEST(HttpConnectionLimits, do_not_lose_the_answer_to_a_body_that_is_not_read) {
  HttpOverLoopback server(kLimits);
  auto peer = server.connect();
  const std::size_t length = 1_MiB;
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) +
                        "\r\n\r\n" + std::string(length, 'x')));
  EXPECT_EQ(await_answer(peer).status, 413);
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_THAT(server.refusals, ElementsAre(ErrorCode::payload_too_large));
  EXPECT_THAT(server.requests, IsEmpty());
}

TEST(HttpConnectionLimits, hold_for_pipelined_requests_whose_answers_are_long) {
  HttpOverLoopback server;
  server.answer = [](const HttpRequest&) {
    return HttpResponse::text(200, std::string(10_KiB, 'x'));
  };
  auto peer = server.connect();
  std::string requests;
  constexpr std::size_t kRequests = 1'500;
  for (std::size_t i = 0; i < kRequests; ++i) requests += kGet;
  ASSERT_EQ(peer.send_some(requests), requests.size());
  while (server.requests.empty()) server.loop.context().poll_one();
  EXPECT_LE(server.requests.size(), 256_KiB / 10_KiB + 1);
  // Who reads, gets them all.
  for (std::size_t i = 0; i < kRequests; ++i) ASSERT_EQ(await_answer(peer).body.size(), 10_KiB);
}

TEST(HttpConnectionLimits, hold_for_what_is_read_of_a_peer_that_reads_no_answers) {
  HttpOverLoopback server;
  server.answer = [](const HttpRequest&) {
    return HttpResponse::text(200, std::string(10_KiB, 'x'));
  };
  auto peer = server.connect();
  std::string requests;
  while (requests.size() < 64_KiB) requests += kGet;
  std::size_t sent = 0;
  std::size_t idle_turns = 0;
  while (sent < 64_MiB && idle_turns < 1'000) {
    const std::size_t some = peer.send_some(std::string_view(requests).substr(sent % kGet.size()));
    sent += some;
    idle_turns = some == 0 ? idle_turns + 1 : 0;
    server.turn();
  }
  EXPECT_LT(server.loop.traffic().bytes_in.value(), 1_MiB);
  // Later requests are read when the answers are.
  const std::uint64_t before = server.loop.traffic().bytes_in.value();
  for (int i = 0; i < 2'000; ++i) ASSERT_EQ(await_answer(peer).status, 200);
  EXPECT_TRUE(peer.until([&] { return server.loop.traffic().bytes_in.value() > before; }));
}

TEST(HttpConnectionLimits, leave_no_buffer_to_connections_that_are_idle) {
  HttpOverLoopback server;
  server.answer = [](const HttpRequest&) {
    return HttpResponse::text(200, std::string(1_MiB, 'x'));
  };
  const auto in_use = [] {
    const struct mallinfo2 memory = ::mallinfo2();
    return memory.uordblks + memory.hblkhd;
  };
  const std::size_t before = in_use();
  std::vector<LoopbackPeer> peers;
  for (int i = 0; i < 50; ++i) {
    peers.push_back(server.connect());
    ASSERT_TRUE(peers.back().send(kGet));
    ASSERT_EQ(await_answer(peers.back()).body.size(), 1_MiB);
    std::string().swap(peers.back().received());
  }
  EXPECT_EQ(server.loop.traffic().connections_open.value(), peers.size());
  EXPECT_LT(in_use(), before + 10_MiB);
}

TEST(HttpConnectionLimits, hold_for_lines_between_chunks) {
  HttpOverLoopback server;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;"));
  const std::string extension(64_KiB, 'a');
  ASSERT_TRUE(peer.send(extension));
  EXPECT_EQ(await_answer(peer).status, 431);
}

TEST(HttpConnectionLimits, forget_a_peer_that_went_while_its_request_was_handled) {
  HttpOverLoopback server;
  auto gone = server.connect();
  ASSERT_TRUE(gone.send(kGet + kGet));
  ASSERT_TRUE(gone.until([&] { return server.exchanges.size() == 1; }));
  gone.reset();
  server.turn();
  server.respond(HttpResponse::text(200, "too late"));
  server.turn();
  server.on_loop([&] { server.exchanges.clear(); });
  server.turn();
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
  EXPECT_EQ(server.loop.traffic().exchanges_open.value(), 0U);
}

TEST(HttpConnectionLimits, forget_a_peer_that_went_in_the_middle_of_a_request) {
  HttpOverLoopback server;
  for (const std::string& bytes : {std::string("\r"), kHalfHead, kHalfBody}) {
    auto cut = peer_that_said(server, bytes);
    cut.reset();
    auto ended = peer_that_said(server, bytes);
    ended.close();
  }
  for (int i = 0; i < 10; ++i) server.turn();
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
  EXPECT_THAT(server.refusals, IsEmpty());
}

TEST(HttpConnectionLimits, answer_a_peer_that_has_said_all_it_will) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(kGet));
  peer.finish();
  EXPECT_EQ(await_answer(peer).status, 200);
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
}

}  // namespace
}  // namespace tayori::net
