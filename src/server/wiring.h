// Wiring: configuration → objects → threads, and back down in order.
//
// Threads: set up only, but for stop() (any) and hub() (what it offers to any).
// Source:  ARCHITECTURE.md
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "access/api_key.h"
#include "access/rate_limit.h"
#include "api/backend_routes.h"
#include "api/browser_routes.h"
#include "api/operator_routes.h"
#include "base/clock.h"
#include "base/workers.h"
#include "hub/hub.h"
#include "hub/page_message_relay.h"
#include "net/loop.h"
#include "server/config.h"
#include "server/endpoint.h"
#include "server/front.h"
#include "server/make_server.h"
#include "server/program_presence.h"
#include "server/program_routes.h"
#include "tayori/server.h"

namespace tayori::server {

/// `key`, or a random one with which tokens do not outlive the process.
std::string token_key_or_random(const std::string& key);

class Wiring {
 public:
  /// With `read_again`, SIGHUP makes run_until_signal() read the configuration again.
  explicit Wiring(Config config, ReadAgain read_again = {});
  ~Wiring();
  Wiring(const Wiring&) = delete;
  Wiring& operator=(const Wiring&) = delete;

  void add_route(ProgramRoute route) { routes_.push_back(std::move(route)); }
  void on_presence(Server::PresenceHandler handler) { presence_handler_ = std::move(handler); }

  [[nodiscard]] Outcome start();
  void run_until_signal();
  void stop();

  /// REQUIRES: start() succeeded, for this and what follows.
  [[nodiscard]] hub::Hub& hub() { return *hub_; }
  [[nodiscard]] std::string public_url() const { return public_url_; }
  [[nodiscard]] std::string internal_url() const { return internal_url_; }

 private:
  [[nodiscard]] Outcome make_hub();
  [[nodiscard]] Outcome make_fronts();
  [[nodiscard]] Outcome listen(const Endpoint& browsers, const Endpoint* backends);
  void make_relay();
  void add_presence_hooks();
  void hand_presence_on();
  void take_signals();
  void await_signal();
  void reload();
  void drain();
  void tell_that_all_have_gone(std::chrono::steady_clock::time_point deadline);
  [[nodiscard]] bool is_quiet() const;
  void end_threads();

  /// Changes at SIGHUP, on the thread of run_until_signal(); the loops have what they need of it.
  Config config_;
  const ReadAgain read_again_;
  const base::SystemClock clock_;
  net::HttpLimits public_http_;
  net::HttpLimits internal_http_;
  api::BrowserSettings browser_settings_;
  api::BackendSettings backend_settings_;
  access::ApiKey api_key_;
  access::RateLimit receive_rate_;
  std::vector<ProgramRoute> routes_;
  Server::PresenceHandler presence_handler_;

  std::atomic<bool> is_ready_{false};
  std::vector<std::unique_ptr<net::Loop>> loops_;
  std::vector<const net::Traffic*> traffic_;
  api::OperatorSettings operator_settings_{is_ready_, traffic_};
  std::unique_ptr<hub::Hub> hub_;
  /// Null where pages can send nothing.
  std::unique_ptr<hub::PageMessageRelay> relay_;
  std::vector<std::unique_ptr<Front>> fronts_;
  std::unique_ptr<ProgramPresence> program_presence_;
  std::unique_ptr<base::Workers> workers_;
  std::vector<std::thread> threads_;
  /// The calling thread's own loop, for signals and the drain's clock.
  boost::asio::io_context waiting_;
  boost::asio::signal_set signals_{waiting_};
  std::string public_url_;
  std::string internal_url_;
};

}  // namespace tayori::server
