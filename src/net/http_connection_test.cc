#include "net/http_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "net/http_over_loopback.h"

namespace tayori::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string get(const std::string& path, const std::string& fields = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

TEST(HttpConnection, answers_one_request_after_the_other) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  for (const char* path : {"/1", "/2", "/3"}) {
    ASSERT_TRUE(peer.send(get(path)));
    const HttpAnswer answer = await_answer(peer);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, path);
    EXPECT_EQ(answer.field("Connection"), "");
    EXPECT_EQ(answer.field("Keep-Alive"), "timeout=75");
    EXPECT_NE(answer.field("Date"), "");
  }
  EXPECT_FALSE(peer.has_ended());
  EXPECT_EQ(server.loop.traffic().requests.value(), 3U);
}

TEST(HttpConnection, tells_the_handler_who_asks) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/")));
  await_answer(peer);
  EXPECT_EQ(server.requests.front().peer, "127.0.0.1");
}

TEST(HttpConnection, answers_when_the_handler_is_ready) {
  HttpOverLoopback server;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/late")));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  EXPECT_THAT(peer.received(), IsEmpty());
  EXPECT_EQ(server.loop.traffic().exchanges_open.value(), 1U);
  server.respond(HttpResponse::text(200, "now"));
  EXPECT_EQ(await_answer(peer).body, "now");
  EXPECT_EQ(server.loop.traffic().exchanges_open.value(), 0U);
}

TEST(HttpConnection, answers_pipelined_requests_in_order_and_in_one_write) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1") + get("/2") + get("/3")));
  // What is there after each single step of the loop.
  std::vector<std::size_t> seen;
  for (int steps = 0; steps < 100'000 && (steps < 100 || seen.empty()); ++steps) {
    server.loop.context().poll_one();
    if (peer.waiting() > (seen.empty() ? 0 : seen.back())) seen.push_back(peer.waiting());
  }
  EXPECT_EQ(server.requests.size(), 3U);
  EXPECT_EQ(seen.size(), 1U);
  for (const char* path : {"/1", "/2", "/3"}) EXPECT_EQ(await_answer(peer).body, path);
}

TEST(HttpConnection, takes_the_next_pipelined_request_when_the_one_before_is_answered) {
  HttpOverLoopback server;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1") + get("/2")));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  server.turn();
  EXPECT_EQ(server.requests.size(), 1U);
  server.respond(HttpResponse::text(200, "one"));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  EXPECT_EQ(server.requests.back().path, "/2");
  server.respond(HttpResponse::text(200, "two"));
  EXPECT_EQ(await_answer(peer).body, "one");
  EXPECT_EQ(await_answer(peer).body, "two");
}

TEST(HttpConnection, reads_a_request_that_arrives_byte_by_byte_behind_another) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  for (const char byte : get("/1") + get("/2")) {
    ASSERT_TRUE(peer.send({&byte, 1}));
    server.turn();
  }
  EXPECT_EQ(await_answer(peer).body, "/1");
  EXPECT_EQ(await_answer(peer).body, "/2");
}

TEST(HttpConnection, closes_after_the_answer_when_the_peer_asks_for_it) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1", "Connection: close\r\n") + get("/2")));
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.field("Connection"), "close");
  EXPECT_EQ(answer.field("Keep-Alive"), "");
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_EQ(server.requests.size(), 1U);
}

TEST(HttpConnection, closes_after_the_answer_to_an_old_client) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send("GET /old HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(await_answer(peer).body, "/old");
  EXPECT_TRUE(peer.until_end());
}

TEST(HttpConnection, answers_head_with_the_fields_alone) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send("HEAD /1 HTTP/1.1\r\nHost: h\r\n\r\n" + get("/2")));
  EXPECT_EQ(await_answer(peer, Answering::head).field("Content-Length"), "2");
  EXPECT_EQ(await_answer(peer).body, "/2");
}

TEST(HttpConnection, answers_500_when_nobody_answers) {
  HttpOverLoopback server;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1")));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  server.on_loop([&] { server.exchanges.clear(); });
  EXPECT_EQ(await_answer(peer).status, 500);
  server.answer = echo_path;
  ASSERT_TRUE(peer.send(get("/2")));
  EXPECT_EQ(await_answer(peer).body, "/2");
}

TEST(HttpConnection, answers_500_in_place_of_an_answer_that_would_inject_fields) {
  HttpOverLoopback server;
  server.answer = [](const HttpRequest& request) {
    return HttpResponse::text(200, "x").with("X-Echo", request.query_value("q"));
  };
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/?q=a%0d%0aSet-Cookie:%20stolen=1")));
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.field("Set-Cookie"), "");
  EXPECT_THAT(answer.head, testing::Not(HasSubstr("stolen")));
}

TEST(HttpConnection, asks_for_a_body_that_waits_to_be_asked_for) {
  HttpOverLoopback server;
  server.answer = [](const HttpRequest& request) { return HttpResponse::text(200, request.body); };
  auto peer = server.connect();
  ASSERT_TRUE(
      peer.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  const HttpAnswer interim = await_answer(peer);
  EXPECT_EQ(interim.status, 100);
  EXPECT_THAT(interim.fields, IsEmpty());
  ASSERT_TRUE(peer.send("ok"));
  EXPECT_EQ(await_answer(peer).body, "ok");
}

TEST(HttpConnection, does_not_ask_for_a_body_that_it_refuses) {
  HttpOverLoopback server({.body_bytes = 10});
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(await_answer(peer).status, 413);
}

TEST(HttpConnection, refuses_what_is_malformed_and_reads_no_further) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1") + "GET /2\r\n\r\n" + get("/3")));
  EXPECT_EQ(await_answer(peer).body, "/1");
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.field("Connection"), "close");
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_THAT(peer.received(), IsEmpty());
  EXPECT_EQ(server.requests.size(), 1U);
  EXPECT_THAT(server.refusals, ElementsAre(ErrorCode::invalid_request));
}

TEST(HttpConnection, gives_a_refusal_its_body_also_behind_an_answer_to_head) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n"));
  EXPECT_EQ(await_answer(peer, Answering::head).status, 200);
  EXPECT_EQ(await_answer(peer).body, "invalid_request\n");
}

TEST(HttpConnection, gives_an_upgraded_socket_away_with_what_came_early) {
  HttpOverLoopback server;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/ws") + "early bytes"));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  std::optional<HttpExchange::GivenAway> upgraded;
  server.on_loop([&] {
    HttpExchange exchange = std::move(server.exchanges.front());
    server.exchanges.clear();
    upgraded = exchange.upgrade(
        HttpResponse{.status = 101, .reason = {}, .fields = {}, .body = {}}.with("Upgrade", "x"));
  });
  ASSERT_TRUE(upgraded->socket.is_open());
  EXPECT_EQ(upgraded->early, "early bytes");
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 101);
  EXPECT_EQ(answer.reason, "Switching Protocols");
  EXPECT_EQ(answer.field("Upgrade"), "x");
  EXPECT_EQ(answer.field("Keep-Alive"), "");
  EXPECT_EQ(server.loop.traffic().connections_open.value(), 0U);
  EXPECT_EQ(server.loop.traffic().exchanges_open.value(), 0U);
  EXPECT_FALSE(peer.has_ended());
}

TEST(HttpConnection, writes_answers_before_an_upgrade_before_it) {
  HttpOverLoopback server;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(get("/1") + get("/ws")));
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  std::optional<HttpExchange::GivenAway> upgraded;
  server.on_loop([&] {
    HttpExchange first = std::move(server.exchanges.front());
    server.exchanges.clear();
    first.respond(HttpResponse::text(200, "one"));
  });
  ASSERT_TRUE(peer.until([&] { return server.exchanges.size() == 1; }));
  server.on_loop([&] {
    upgraded =
        server.exchanges.front().upgrade({.status = 101, .reason = {}, .fields = {}, .body = {}});
    server.exchanges.clear();
  });
  EXPECT_TRUE(upgraded->socket.is_open());
  EXPECT_EQ(await_answer(peer).body, "one");
  EXPECT_EQ(await_answer(peer).status, 101);
}

/// Answers at once.
class AtOnce final : public HttpHandler {
 public:
  int requests = 0;

 private:
  void on_request(HttpRequest, HttpExchange exchange) override {
    ++requests;
    exchange.respond(HttpResponse::text(200, "x"));
  }
  HttpResponse on_bad_request(const Error&) override { return {}; }
};

TEST(HttpConnection, goes_with_its_loop_even_between_an_answer_and_the_end_of_its_turn) {
  const base::SystemClock clock;
  const HttpLimits limits;
  AtOnce handler;
  std::optional<LoopbackPeer> peer;
  {
    Loop loop(clock);
    auto listener =
        std::move(*Listener::bind(loop, {.host = "127.0.0.1", .port = 0}, handler, limits, 10));
    listener->start();
    peer.emplace(listener->port());
    ASSERT_TRUE(peer->send(get("/")));
    while (handler.requests == 0) loop.context().poll_one();
  }
  EXPECT_TRUE(peer->until_end());
}

}  // namespace
}  // namespace tayori::net
