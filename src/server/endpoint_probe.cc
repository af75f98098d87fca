#include "server/endpoint_probe.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace tayori::server {

using boost::asio::ip::tcp;

Outcome probe(const Endpoint& endpoint) {
  boost::asio::io_context context;
  tcp::acceptor acceptor(context);
  boost::system::error_code error;
  const auto host = boost::asio::ip::make_address(endpoint.host(), error);
  const tcp::endpoint address(host, endpoint.port());
  if (!error) acceptor.open(address.protocol(), error);
  // Connections of a server that has just ended still linger; they take nothing away.
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(address, error);
  if (!error) return success();
  return Error::of(ErrorCode::invalid_request,
                   "Cannot listen on " + endpoint.text() + ": " + error.message() + ".");
}

}  // namespace tayori::server
