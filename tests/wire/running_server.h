// RunningServer: a whole Tayori with two loops on free ports, run as a program runs it.
//
// Threads: one at a time, but for server() (what it offers to any).
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "access/token.h"
#include "net/http_answer.h"
#include "net/loopback_peer.h"
#include "server/config.h"
#include "server/make_server.h"
#include "tayori/server.h"

namespace tayori::wire {

inline constexpr const char* kTokensKey = "a key of at least thirty-two bytes";

/// Two loops, free ports, and a short drain: what a test leaves open need not hold it up.
inline server::Config quick_config() {
  server::Config config;
  config.public_.listen = "127.0.0.1:0";
  config.internal.listen = "127.0.0.1:0";
  config.tokens.key = kTokensKey;
  config.server.loops = 2;
  config.server.drain = std::chrono::milliseconds{0};
  return config;
}

class RunningServer {
 public:
  /// `prepare` adds routes and handlers before the start; `read_again` answers at SIGHUP.
  explicit RunningServer(const server::Config& config = quick_config(),
                         const std::function<void(Server&)>& prepare = {},
                         server::ReadAgain read_again = {})
      : server_(server::make_server(config, std::move(read_again))) {
    if (prepare) prepare(*server_);
    const Outcome started = server_->start();
    EXPECT_TRUE(started) << started.error().detail;
    thread_ = std::thread([this] { server_->run_until_signal(); });
  }
  ~RunningServer() { stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  /// Stops and drains, and returns when the server has.
  void stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }

  [[nodiscard]] Server& server() { return *server_; }
  [[nodiscard]] std::uint16_t public_port() const { return port_of(server_->public_url()); }
  [[nodiscard]] std::uint16_t internal_port() const { return port_of(server_->internal_url()); }

  /// A token that is good for two hours.
  std::string token(std::string_view client) {
    return server_->create_channel(*ClientId::parse(client))->token;
  }
  /// One of a backend that signs for itself, which ends at `end`.
  static std::string token_until(std::string_view client,
                                 std::chrono::system_clock::time_point end) {
    return access::Tokens(*access::TokenKeys::of(kTokensKey))
        .sign({.client_id = *ClientId::parse(client),
               .issued_at = std::chrono::system_clock::now(),
               .expires_at = end,
               .id = {}});
  }

  void send(std::string_view client, std::string text) {
    server_->send_message(*ClientId::parse(client), *Payload::parse(std::move(text)));
  }

  /// The answer to a GET of the internal listener.
  net::HttpAnswer ask(std::string_view path) {
    net::LoopbackPeer peer(internal_port());
    peer.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    return await_answer(peer);
  }
  /// What /metrics shows of `name`, "" when it is not there.
  std::string metric(const std::string& name) {
    const std::string body = "\n" + ask("/metrics").body;
    const std::size_t at = body.find("\n" + name + " ");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 2;
    return body.substr(begin, body.find('\n', begin) - begin);
  }
  /// Waits until /metrics shows `value` of `name`.
  bool until_metric(const std::string& name, const std::string& value) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (metric(name) != value) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

 private:
  static std::uint16_t port_of(const std::string& url) {
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }

  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace tayori::wire
