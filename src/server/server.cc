#include "tayori/server.h"

#include <utility>

#include "broker/topic.h"
#include "server/make_server.h"
#include "server/wiring.h"

namespace tayori {

class Server::Wiring final : public server::Wiring {
 public:
  using server::Wiring::Wiring;
};

namespace {

server::Config config_of(ServerOptions options) {
  server::Config config;
  config.public_.listen = std::move(options.public_listen);
  config.internal.listen = std::move(options.internal_listen);
  config.internal.api_key = std::move(options.internal_api_key);
  config.tokens.key = std::move(options.tokens_key);
  config.server.loops = options.loops;
  config.server.workers = options.workers;
  config.presence.grace = options.presence_grace;
  return config;
}

}  // namespace

Server::Server(ServerOptions options)
    : Server(std::make_unique<Wiring>(config_of(std::move(options)))) {}
Server::Server(std::unique_ptr<Wiring> wiring) : wiring_(std::move(wiring)) {}
Server::~Server() = default;

std::unique_ptr<Server> Server::of(const server::Config& config, server::ReadAgain read_again) {
  return std::unique_ptr<Server>(new Server(  // NOLINT(*-owning-memory)
      std::make_unique<Wiring>(config, std::move(read_again))));
}

void Server::route(std::string_view method, std::string_view pattern, RouteHandler handler) {
  wiring_->add_route({std::string(method), std::string(pattern), std::move(handler)});
}

void Server::on_presence(PresenceHandler handler) { wiring_->on_presence(std::move(handler)); }
Outcome Server::start() { return wiring_->start(); }
void Server::run_until_signal() { wiring_->run_until_signal(); }
void Server::stop() { wiring_->stop(); }
std::string Server::public_url() const { return wiring_->public_url(); }
std::string Server::internal_url() const { return wiring_->internal_url(); }

Result<Channel> Server::create_channel(const ClientId& client_id, const ChannelOptions& options) {
  return wiring_->hub().create_channel(client_id, options);
}

void Server::send_message(const ClientId& client_id, Payload message, SentHandler done) {
  wiring_->hub().publish({broker::Topic::of(client_id), std::move(message)}, std::move(done));
}

void Server::send_group(const GroupName& group, Payload message, SentHandler done) {
  wiring_->hub().publish({broker::Topic::of(group), std::move(message)}, std::move(done));
}

void Server::broadcast(Payload message, SentHandler done) {
  wiring_->hub().publish({broker::Topic::everyone(), std::move(message)}, std::move(done));
}

void Server::join_group(const GroupName& group, const ClientId& client_id, MembershipHandler done) {
  wiring_->hub().join_group(group, client_id, std::move(done));
}

void Server::leave_group(const GroupName& group, const ClientId& client_id,
                         MembershipHandler done) {
  wiring_->hub().leave_group(group, client_id, std::move(done));
}

void Server::disconnect(const ClientId& client_id, const DisconnectOptions& options,
                        DisconnectedHandler done) {
  wiring_->hub().disconnect(client_id, options, std::move(done));
}

PresentClients Server::presence(const std::vector<ClientId>& client_ids) const {
  return wiring_->hub().present(client_ids);
}

Result<ClientId> Server::client_of(std::string_view token) const {
  auto claims = wiring_->hub().read_token(token);
  if (!claims) return claims.error();
  return std::move(claims->client_id);
}

namespace server {

std::unique_ptr<Server> make_server(const Config& config, ReadAgain read_again) {
  return Server::of(config, std::move(read_again));
}

}  // namespace server
}  // namespace tayori
