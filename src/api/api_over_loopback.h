// ApiOverLoopback: every route of one loop on a real port, over a hub whose clock the test owns.
//
// Threads: the test's only.
#pragma once

#include <atomic>
#include <boost/json/parse.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/token.h"
#include "api/backend_routes.h"
#include "api/browser_routes.h"
#include "api/operator_routes.h"
#include "api/router.h"
#include "base/clock.h"
#include "base/json.h"
#include "broker/memory_broker.h"
#include "hub/hub.h"
#include "net/http_answer.h"
#include "net/listener.h"
#include "net/loop.h"
#include "net/loopback_peer.h"

namespace tayori::api {

/// What of a server a test of its API decides.
struct ApiChoices {
  std::string api_key = {};
  std::vector<std::string> origins = {"*"};
  std::size_t message_bytes = limits::kMessageBytes;
  std::chrono::minutes token_life = limits::kTokenLifeDefault;
  bool takes_token_in_query = false;
  ReceiveSettings receive = {};
};

class ApiOverLoopback {
 public:
  explicit ApiOverLoopback(const ApiChoices& choices = {})
      : key_(choices.api_key),
        backend_settings_{.key = choices.api_key.empty() ? nullptr : &key_,
                          .message_bytes = choices.message_bytes,
                          .token_life = choices.token_life},
        browser_settings_{.origins = *access::OriginPolicy::of(choices.origins),
                          .takes_token_in_query = choices.takes_token_in_query,
                          .receive = choices.receive},
        operator_settings_{is_ready, traffic_, choices.receive.relay} {
    hub.on_presence([this](const PresenceEdge& edge) { edges.push_back(edge); });
    add_backend_routes(router, hub, loop_hub, backend_settings_);
    add_browser_routes(router, hub, loop_hub, browser_settings_);
    add_operator_routes(router, hub, operator_settings_);
    listener_->start();
  }
  ~ApiOverLoopback() {
    listener_->close();
    turn();
  }
  ApiOverLoopback(const ApiOverLoopback&) = delete;
  ApiOverLoopback& operator=(const ApiOverLoopback&) = delete;

  void turn() {
    loop.context().poll();
    if (beside) beside();
  }
  /// Lets time pass, and the loop notice.
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    loop.post([this] { loop.sweep_now(); });
    turn();
  }

  net::LoopbackPeer connect() {
    return net::LoopbackPeer(listener_->port(), [this] { turn(); });
  }

  /// The answer to one request of a connection of its own.
  net::HttpAnswer call(std::string_view method, std::string_view target,
                       const std::vector<HttpField>& fields = {}, std::string_view body = {}) {
    std::string bytes =
        std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n";
    for (const HttpField& field : fields) bytes += field.name + ": " + field.value + "\r\n";
    if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    net::LoopbackPeer peer = connect();
    peer.send(bytes + "\r\n" + std::string(body));
    return await_answer(peer, method == "HEAD" ? net::Answering::head : net::Answering::get);
  }
  net::HttpAnswer get(std::string_view target) { return call("GET", target); }
  net::HttpAnswer post(std::string_view target, std::string_view json) {
    return call("POST", target, {{"Content-Type", "application/json"}}, json);
  }

  /// A token that is good for two hours.
  std::string token(std::string_view client_id) {
    return hub.create_channel(*ClientId::parse(client_id), {})->token;
  }

  /// Runs with every turn, for what else the test has to keep going.
  std::function<void()> beside;
  base::ManualClock clock;
  net::Loop loop{clock};
  std::vector<PresenceEdge> edges;
  hub::Hub hub{{},
               std::make_unique<broker::MemoryBroker>("epoch"),
               access::Tokens(*access::TokenKeys::of(std::string(32, 'k'))),
               clock};
  hub::LoopHub& loop_hub = hub.add_loop(loop);
  std::atomic<bool> is_ready{true};
  Router router{[this](ErrorCode code) { loop_hub.counters().refused(code).add(1); }};

 private:
  const access::ApiKey key_;
  const BackendSettings backend_settings_;
  const BrowserSettings browser_settings_;
  const std::vector<const net::Traffic*> traffic_{&loop.traffic()};
  const OperatorSettings operator_settings_;
  const net::HttpLimits http_limits_{.body_bytes = std::size_t{2} * 1024 * 1024};
  std::unique_ptr<net::Listener> listener_ = std::move(
      *net::Listener::bind(loop, {.host = "127.0.0.1", .port = 0}, router, http_limits_, 1'000));
};

/// The string `name` of an answer that is a JSON object, "" when there is none.
inline std::string member(const net::HttpAnswer& answer, std::string_view name) {
  boost::system::error_code error;
  const boost::json::value parsed = boost::json::parse(answer.body, error);
  if (error || !parsed.is_object()) return {};
  const boost::json::value* value = parsed.get_object().if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

/// "STATUS code" of a problem document, or only the status of another answer.
inline std::string outcome(const net::HttpAnswer& answer) {
  const std::string code = member(answer, "code");
  return std::to_string(answer.status) + (code.empty() ? "" : " " + code);
}

}  // namespace tayori::api
