// HttpOverLoopback: a listener on 127.0.0.1 whose loop and clock the test turns by hand.
//
// Requests are kept, with the right to answer them, unless `answer` is set: it then answers each at once.
//
// Threads: the test's only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "net/http_answer.h"
#include "net/http_connection.h"
#include "net/listener.h"
#include "net/loop.h"
#include "net/loopback_peer.h"

namespace tayori::net {

class HttpOverLoopback final : private HttpHandler {
 public:
  explicit HttpOverLoopback(const HttpLimits& http_limits = {}, std::size_t max_connections = 1'000)
      : limits(http_limits),
        listener(std::move(*Listener::bind(loop, {.host = "127.0.0.1", .port = 0}, *this, limits,
                                           max_connections))) {
    listener->start();
  }
  // While the loop still turns: a listener's last callback has to find it.
  ~HttpOverLoopback() {
    listener->close();
    on_loop([this] { exchanges.clear(); });
    turn();
  }

  LoopbackPeer connect(int receive_buffer = 0) {
    return LoopbackPeer(
        listener->port(), [this] { turn(); }, receive_buffer);
  }
  /// Runs what is ready on the loop.
  void turn() { loop.context().poll(); }
  /// Runs `task` as the loop would, and what follows from it.
  template <typename Task>
  void on_loop(Task task) {
    loop.post(std::move(task));
    turn();
  }
  /// Lets time pass, and the loop notice.
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    on_loop([this] { loop.sweep_now(); });
  }
  /// Answers the oldest request that is kept.
  void respond(const HttpResponse& response) {
    on_loop([this, &response] {
      HttpExchange exchange = std::move(exchanges.front());
      exchanges.erase(exchanges.begin());
      exchange.respond(response);
    });
  }

  base::ManualClock clock;
  Loop loop{clock};
  const HttpLimits limits;
  std::vector<HttpRequest> requests;
  std::vector<HttpExchange> exchanges;
  std::function<HttpResponse(const HttpRequest&)> answer;
  /// What was refused, and said so.
  std::vector<ErrorCode> refusals;
  std::unique_ptr<Listener> listener;

 private:
  void on_request(HttpRequest request, HttpExchange exchange) override {
    requests.push_back(std::move(request));
    if (answer) return exchange.respond(answer(requests.back()));
    exchanges.push_back(std::move(exchange));
  }
  HttpResponse on_bad_request(const Error& error) override {
    refusals.push_back(error.code);
    return HttpResponse::text(facts(error.code).http_status,
                              std::string(facts(error.code).name) + "\n");
  }
};

/// Answers with the path asked for.
inline HttpResponse echo_path(const HttpRequest& request) {
  return HttpResponse::text(200, request.path);
}

}  // namespace tayori::net
