#include "net/listener.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

namespace tayori::net {

using boost::asio::ip::tcp;
using boost::system::error_code;

namespace {

/// When the process has no descriptors left, trying again at once would only burn the core.
constexpr std::chrono::milliseconds kPause{100};

using ReusePort = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// What the system says of `endpoint` to a listener that shares it with nobody.
error_code try_alone(Loop& loop, const tcp::endpoint& endpoint) {
  error_code error;
  tcp::acceptor acceptor(loop.context());
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  return error;
}

}  // namespace

Listener::Listener(Loop& loop, HttpHandler& handler, const HttpLimits& limits,
                   std::size_t max_connections)
    : loop_(loop),
      handler_(handler),
      limits_(limits),
      max_connections_(max_connections),
      acceptor_(loop.context()),
      pause_(loop.context()) {}

Result<std::unique_ptr<Listener>> Listener::bind(Loop& loop, const Address& address,
                                                 HttpHandler& handler, const HttpLimits& limits,
                                                 std::size_t max_connections, Port port) {
  std::unique_ptr<Listener> listener(
      new Listener(loop, handler, limits, max_connections));  // NOLINT(*-owning-*)
  Acceptor& acceptor = listener->acceptor_;
  error_code error;
  const auto refused = [&] {
    return Error::of(ErrorCode::invalid_request, "Cannot listen on " + address.host + " port " +
                                                     std::to_string(address.port) + ": " +
                                                     error.message() + ".");
  };
  const auto host = boost::asio::ip::make_address(address.host, error);
  if (error) return refused();
  const tcp::endpoint endpoint(host, address.port);
  if (port == Port::alone) error = try_alone(loop, endpoint);
  if (!error) acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.set_option(ReusePort(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return refused();
  listener->port_ = acceptor.local_endpoint(error).port();
  if (error) return refused();
  return listener;
}

void Listener::close() {
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

void Listener::accept() {
  acceptor_.async_accept(peer_, [this](const error_code& error, Socket socket) {
    if (!acceptor_.is_open()) return;
    if (error == boost::asio::error::no_descriptors ||
        error == boost::system::errc::not_enough_memory ||
        error == boost::system::errc::too_many_files_open_in_system) {
      return pause();
    }
    // Others, such as a peer that has gone already, concern that one connection.
    if (!error) welcome(std::move(socket), peer_);
    accept();
  });
}

void Listener::welcome(Socket socket, const tcp::endpoint& peer) {
  Traffic& traffic = loop_.traffic();
  traffic.connections_accepted.add(1);
  if (traffic.connections_open.value() >= max_connections_) {
    traffic.connections_refused.add(1);
    return;
  }
  error_code ignored;
  // Messages are small and wait for nothing: no coalescing but our own.
  socket.set_option(tcp::no_delay(true), ignored);
  std::make_shared<HttpConnection>(loop_, std::move(socket), peer.address().to_string(), handler_,
                                   limits_)
      ->start();
}

void Listener::pause() {
  pause_.expires_after(kPause);
  pause_.async_wait([this](const error_code& error) {
    if (!error && acceptor_.is_open()) accept();
  });
}

}  // namespace tayori::net
