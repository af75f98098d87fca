// Listener: accepts connections for one loop.
//
// Each loop has one of its own on the same port (SO_REUSEPORT), so that the kernel spreads connections and no
// thread hands a socket to another. Connections beyond the limit are closed at once and counted.
//
// Threads: its loop only, but for bind() and port().
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "net/http_connection.h"
#include "net/loop.h"
#include "net/socket.h"
#include "tayori/result.h"

namespace tayori::net {

class Listener {
 public:
  struct Address {
    /// A numeric address, without brackets.
    std::string host;
    /// 0 takes any free one.
    std::uint16_t port = 0;
  };

  /// Whether others may have the port already: those of our own other loops. The system itself would share it with
  /// any program of the same user, which would then get half of the connections.
  enum class Port { alone, shared };

  /// Binds; an error names the address and what the system says. `handler` and `limits` outlive the listener.
  static Result<std::unique_ptr<Listener>> bind(Loop& loop, const Address& address,
                                                HttpHandler& handler, const HttpLimits& limits,
                                                std::size_t max_connections,
                                                Port port = Port::alone);

  /// The port as bound.
  [[nodiscard]] std::uint16_t port() const { return port_; }

  void start() { accept(); }
  /// Accepts no more; connections live on.
  void close();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp,
                                                      boost::asio::io_context::executor_type>;

  Listener(Loop& loop, HttpHandler& handler, const HttpLimits& limits, std::size_t max_connections);
  void accept();
  void welcome(Socket socket, const boost::asio::ip::tcp::endpoint& peer);
  void pause();

  Loop& loop_;
  HttpHandler& handler_;
  const HttpLimits& limits_;
  const std::size_t max_connections_;
  Acceptor acceptor_;
  boost::asio::ip::tcp::endpoint peer_;
  boost::asio::steady_timer pause_;
  std::uint16_t port_ = 0;
};

}  // namespace tayori::net
