// Server: a whole Tayori inside a program of yours.
//
//   tayori::Server server({.public_listen = "127.0.0.1:8080"});
//   server.route("GET", "/", [&](const tayori::HttpRequest&) {
//     auto channel = server.create_channel(*tayori::ClientId::parse("ann"));
//     return tayori::HttpResponse::html(200, page_with(channel->token));
//   });
//   if (auto started = server.start(); !started) return complain(started.error());
//   server.run_until_signal();
//
// Browsers reach the channel endpoints (/_ah/channel/...) and the program's own routes on the public listener.
// With `internal_listen` set, backends reach /v1/... there, as with the `tayori` program.
//
// Threads: set up only (route, on_presence, start); any (create_channel, send_..., stop).
// Source:  docs/how-to/embed.md
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tayori/channel.h"
#include "tayori/client_id.h"
#include "tayori/disconnect.h"
#include "tayori/group.h"
#include "tayori/group_name.h"
#include "tayori/http.h"
#include "tayori/payload.h"
#include "tayori/presence.h"
#include "tayori/result.h"

namespace tayori {

namespace server {
struct Config;
struct ConfigRead;
}  // namespace server

struct ServerOptions {
  /// HOST:PORT for browsers; port 0 takes any free one.
  std::string public_listen = "127.0.0.1:8080";
  /// HOST:PORT for backends and operators; empty for none.
  std::string internal_listen = {};
  /// What backends present on the internal listener; empty only where that listener is loopback.
  std::string internal_api_key = {};
  /// Signs tokens; empty for a random one, with which tokens do not outlive the process.
  std::string tokens_key = {};
  /// Event loops, one thread each; 0 for the number of cores.
  std::size_t loops = 0;
  /// Threads that run the program's own routes and presence handler.
  std::size_t workers = 2;
  /// How long a lost page may take to come back before its absence is told.
  std::chrono::milliseconds presence_grace = std::chrono::seconds{5};
};

class Server {
 public:
  using RouteHandler = std::function<HttpResponse(const HttpRequest&)>;
  using PresenceHandler = std::function<void(const PresenceEdge&)>;
  using SentHandler = std::function<void(Result<Sent>)>;
  using MembershipHandler = std::function<void(Result<Membership>)>;
  using DisconnectedHandler = std::function<void(Result<Disconnected>)>;

  explicit Server(ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Answers `method` on `pattern` ("/rooms/{owner}/{number}") of the public listener. Handlers run on worker
  /// threads, several at a time, and may block. An exception is answered with 500.
  /// REQUIRES: before start().
  void route(std::string_view method, std::string_view pattern, RouteHandler handler);

  /// Hears who comes and goes. Runs on a worker thread, one edge at a time, those of a client id in order.
  /// REQUIRES: before start().
  void on_presence(PresenceHandler handler);

  /// Binds the listeners and starts the loops; an error says what could not be had. From here on SIGTERM and SIGINT
  /// are this server's: run_until_signal() is to follow.
  [[nodiscard]] Outcome start();

  /// Blocks until SIGTERM, SIGINT or stop(), then drains: readiness drops, listeners close, pages are told to
  /// come back. Returns within 5 s.
  void run_until_signal();

  /// Makes run_until_signal() return.
  void stop();

  /// "http://HOST:PORT" as bound. REQUIRES: start() succeeded.
  [[nodiscard]] std::string public_url() const;
  /// Empty when there is no internal listener.
  [[nodiscard]] std::string internal_url() const;

  /// A fresh token, different at every call. invalid_duration, invalid_group.
  Result<Channel> create_channel(const ClientId& client_id, const ChannelOptions& options = {});

  /// Append to the log and hand to the sessions concerned. `done` hears the outcome, possibly on another thread, while the
  /// log is held: it must not block, and must not call this server.
  void send_message(const ClientId& client_id, Payload message, SentHandler done = {});
  void send_group(const GroupName& group, Payload message, SentHandler done = {});
  void broadcast(Payload message, SentHandler done = {});

  /// The client id hears what is sent to the group from now on, here or not, until it leaves. `done` as above.
  void join_group(const GroupName& group, const ClientId& client_id, MembershipHandler done = {});
  void leave_group(const GroupName& group, const ClientId& client_id, MembershipHandler done = {});

  /// Ends the sessions of a client id; their pages do not come back by themselves. `done` as above.
  void disconnect(const ClientId& client_id, const DisconnectOptions& options = {},
                  DisconnectedHandler done = {});

  /// Those of `client_ids` that are here.
  [[nodiscard]] PresentClients presence(const std::vector<ClientId>& client_ids) const;

  /// The client id that a good token stands for; invalid_token, token_timed_out, token_revoked. Lets an app accept a token
  /// where it takes an address.
  Result<ClientId> client_of(std::string_view token) const;

  /// For the `tayori` program, which has a whole configuration and may read it again. REQUIRES: it was checked.
  static std::unique_ptr<Server> of(const server::Config& config,
                                    std::function<server::ConfigRead()> read_again);

 private:
  class Wiring;
  explicit Server(std::unique_ptr<Wiring> wiring);
  std::unique_ptr<Wiring> wiring_;
};

}  // namespace tayori
