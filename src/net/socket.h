// Socket: a TCP socket of a loop.
//
// Named once, with the concrete executor: the type-erased one costs 40 bytes a socket and a virtual call an
// operation.
//
// Threads: its loop only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace tayori::net {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

}  // namespace tayori::net
