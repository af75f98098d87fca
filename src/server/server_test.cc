#include "tayori/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <string>
#include <thread>

#include "net/http_answer.h"
#include "net/loopback_peer.h"
#include "server/config.h"
#include "server/make_server.h"

namespace tayori {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kAnyPort = "127.0.0.1:0";

ServerOptions options() {
  ServerOptions options;
  options.public_listen = kAnyPort;
  options.loops = 2;
  return options;
}

std::uint16_t port_of(const std::string& url) {
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

net::HttpAnswer get(const std::string& url, const std::string& path,
                    const std::string& fields = "") {
  net::LoopbackPeer peer(port_of(url));
  peer.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
  return await_answer(peer);
}

std::string why_not(ServerOptions options) {
  Server server(std::move(options));
  const Outcome started = server.start();
  return started ? "started" : started.error().detail;
}

ClientId ann() { return *ClientId::parse("ann"); }
Payload message(const std::string& text) { return *Payload::parse(text); }

/// What a send was answered with.
template <typename Send>
Sent sent_by(Send send) {
  std::promise<Sent> sent;
  send([&](const Result<Sent>& outcome) { sent.set_value(*outcome); });
  return sent.get_future().get();
}

TEST(Server, tells_where_it_listens) {
  ServerOptions both = options();
  both.internal_listen = kAnyPort;
  Server server(both);
  ASSERT_TRUE(server.start());
  EXPECT_THAT(server.public_url(), StartsWith("http://127.0.0.1:"));
  EXPECT_NE(port_of(server.public_url()), 0);
  EXPECT_NE(server.public_url(), server.internal_url());
  EXPECT_EQ(get(server.public_url(), "/_ah/channel/jsapi").status, 200);
  EXPECT_EQ(get(server.internal_url(), "/healthz").status, 200);
}

TEST(Server, keeps_the_backends_routes_off_the_public_listener) {
  ServerOptions both = options();
  both.internal_listen = kAnyPort;
  Server server(both);
  ASSERT_TRUE(server.start());
  for (const char* path : {"/v1/broadcast", "/metrics", "/readyz", "/healthz"}) {
    EXPECT_EQ(get(server.public_url(), path).status, 404) << path;
  }
  EXPECT_EQ(get(server.internal_url(), "/_ah/channel/jsapi").status, 404);
}

TEST(Server, has_no_internal_listener_unless_asked_for) {
  Server server(options());
  ASSERT_TRUE(server.start());
  EXPECT_EQ(server.internal_url(), "");
}

TEST(Server, shows_brackets_in_the_url_of_an_ipv6_address) {
  ServerOptions v6 = options();
  v6.public_listen = "[::1]:0";
  Server server(v6);
  const Outcome started = server.start();
  if (!started) GTEST_SKIP() << "this machine has no IPv6: " << started.error().detail;
  EXPECT_THAT(server.public_url(), StartsWith("http://[::1]:"));
}

TEST(Server, says_which_address_is_taken) {
  Server first(options());
  ASSERT_TRUE(first.start());
  const std::string port = std::to_string(port_of(first.public_url()));
  const auto names_it = testing::AllOf(StartsWith("Cannot listen on 127.0.0.1"), HasSubstr(port),
                                       HasSubstr("Address already in use"));
  ServerOptions second = options();
  second.public_listen = "127.0.0.1:" + port;
  EXPECT_THAT(why_not(second), names_it);
  second = options();
  second.internal_listen = "127.0.0.1:" + port;
  EXPECT_THAT(why_not(second), names_it);
}

TEST(Server, does_not_let_pages_and_backends_share_a_port) {
  std::string address;
  {
    Server server(options());
    ASSERT_TRUE(server.start());
    address = "127.0.0.1:" + std::to_string(port_of(server.public_url()));
  }
  ServerOptions same = options();
  same.public_listen = address;
  same.internal_listen = address;
  EXPECT_THAT(why_not(same), HasSubstr("Cannot listen"));
}

TEST(Server, says_what_is_wrong_with_its_options) {
  ServerOptions bad = options();
  bad.public_listen = "nonsense";
  EXPECT_NE(why_not(bad), "started");
  bad = options();
  bad.internal_listen = "example.org:80";
  EXPECT_NE(why_not(bad), "started");
  bad = options();
  bad.tokens_key = "too short";
  EXPECT_THAT(why_not(bad), HasSubstr("32"));
}

TEST(Server, lets_no_other_machine_call_without_a_key) {
  ServerOptions open = options();
  open.internal_listen = "0.0.0.0:0";
  EXPECT_THAT(why_not(open), HasSubstr("key"));
  open.internal_api_key = "key";
  EXPECT_EQ(why_not(open), "started");
}

TEST(Server, asks_backends_for_the_key) {
  ServerOptions keyed = options();
  keyed.internal_listen = kAnyPort;
  keyed.internal_api_key = "key";
  Server server(keyed);
  ASSERT_TRUE(server.start());
  const auto post = [&](const std::string& fields) {
    net::LoopbackPeer peer(port_of(server.internal_url()));
    peer.send("POST /v1/broadcast HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" +
              fields + "Content-Length: 15\r\n\r\n{\"message\":\"x\"}");
    return await_answer(peer).status;
  };
  EXPECT_EQ(post(""), 401);
  EXPECT_EQ(post("X-API-Key: key\r\n"), 200);
}

TEST(Server, can_go_without_having_started) {
  { Server never(options()); }
  Server stopped(options());
  stopped.stop();
}

TEST(Server, can_go_while_it_runs) {
  Server server(options());
  ASSERT_TRUE(server.start());
  net::LoopbackPeer idle(port_of(server.public_url()));
  ASSERT_TRUE(idle.send("GET /half"));
}

TEST(Server, ends_at_once_when_it_was_stopped_before) {
  Server server(options());
  ASSERT_TRUE(server.start());
  server.stop();
  server.run_until_signal();
  EXPECT_THROW(net::LoopbackPeer(port_of(server.public_url())), std::runtime_error);
}

TEST(Server, ends_when_another_thread_stops_it) {
  Server server(options());
  ASSERT_TRUE(server.start());
  std::thread other([&] { server.stop(); });
  server.run_until_signal();
  other.join();
}

TEST(Server, ends_at_each_signal_that_asks_for_it) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Server server(options());
    ASSERT_TRUE(server.start());
    ASSERT_EQ(std::raise(signal), 0);
    server.run_until_signal();
  }
}

TEST(Server, reads_back_its_own_tokens) {
  Server server(options());
  ASSERT_TRUE(server.start());
  const auto channel = server.create_channel(ann());
  ASSERT_TRUE(channel);
  EXPECT_EQ(*server.client_of(channel->token), ann());
  EXPECT_EQ(server.client_of("nonsense").error().code, ErrorCode::invalid_token);
}

TEST(Server, takes_tokens_of_another_server_with_the_same_key) {
  ServerOptions shared = options();
  shared.tokens_key = std::string(32, 'k');
  Server one(shared);
  Server two(shared);
  Server other(options());
  ASSERT_TRUE(one.start());
  ASSERT_TRUE(two.start());
  ASSERT_TRUE(other.start());
  const std::string token = one.create_channel(ann())->token;
  EXPECT_EQ(*two.client_of(token), ann());
  EXPECT_EQ(other.client_of(token).error().code, ErrorCode::invalid_token);
}

TEST(Server, keeps_to_the_limits_of_channels) {
  Server server(options());
  ASSERT_TRUE(server.start());
  const auto refusal = [&](const ChannelOptions& channel) {
    return server.create_channel(ann(), channel).error().code;
  };
  EXPECT_EQ(refusal({.duration = std::chrono::minutes{0}}), ErrorCode::invalid_duration);
  EXPECT_EQ(refusal({.duration = std::chrono::minutes{1'441}}), ErrorCode::invalid_duration);
  ChannelOptions crowded;
  for (int i = 0; i < 65; ++i) crowded.groups.push_back(*GroupName::parse(std::to_string(i)));
  EXPECT_EQ(refusal(crowded), ErrorCode::invalid_group);
}

TEST(Server, answers_each_way_of_sending_with_its_place_in_the_log) {
  Server server(options());
  ASSERT_TRUE(server.start());
  const Sent one = sent_by([&](auto done) { server.send_message(ann(), message("x"), done); });
  const Sent two =
      sent_by([&](auto done) { server.send_group(*GroupName::parse("g"), message("x"), done); });
  const Sent three = sent_by([&](auto done) { server.broadcast(message("x"), done); });
  EXPECT_EQ(one.cursor.sequence.value, 1U);
  EXPECT_EQ(two.cursor.sequence.value, 2U);
  EXPECT_EQ(three.cursor.sequence.value, 3U);
  EXPECT_EQ(one.cursor.epoch, three.cursor.epoch);
  EXPECT_EQ(three.sessions, 0U);
  server.broadcast(message("nobody asks"));
}

TEST(ServerOfConfig, keeps_to_its_configuration) {
  server::Config config;
  config.public_.listen = kAnyPort;
  config.public_.prefix = "/push/";
  config.internal.listen = kAnyPort;
  config.server.loops = 1;
  config.session.message_bytes = 10;
  config.http.head_bytes = 1'024;
  const auto server = server::make_server(config);
  ASSERT_TRUE(server->start());
  EXPECT_EQ(get(server->public_url(), "/push/jsapi").status, 200);
  EXPECT_EQ(get(server->public_url(), "/_ah/channel/jsapi").status, 404);
  EXPECT_EQ(get(server->public_url(), "/" + std::string(2'000, 'a')).status, 431);
}

TEST(ServerOfConfig, closes_connections_beyond_its_limit) {
  server::Config config;
  config.public_.listen = kAnyPort;
  config.internal.listen = kAnyPort;
  config.server.loops = 1;
  config.server.max_connections = 2;
  const auto server = server::make_server(config);
  ASSERT_TRUE(server->start());
  const std::uint16_t port = port_of(server->public_url());
  net::LoopbackPeer one(port);
  net::LoopbackPeer two(port);
  for (net::LoopbackPeer* peer : {&one, &two}) {
    peer->send("GET /_ah/channel/jsapi HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(await_answer(*peer).status, 200);
  }
  net::LoopbackPeer three(port);
  EXPECT_TRUE(three.until_end());
}

}  // namespace
}  // namespace tayori
