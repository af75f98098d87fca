// The bodies of Asio's functions, compiled once for the whole program (see
// cmake/dependencies.cmake).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
