// Connections: libcurl's handles between calls, each with the connection that it keeps open.
//
// A call has one to itself; the handle used last is the first to be used again, so that no more connections stay warm than
// there are calls at a time.
//
// Threads: any.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "net/curl_handles.h"

namespace tayori::client {

class Connections {
 public:
  /// Keeps `idle` handles at most; what comes back beyond that is closed.
  explicit Connections(std::size_t idle) : idle_(idle) {}

  net::CurlEasy take();
  void give_back(net::CurlEasy easy);

 private:
  const std::size_t idle_;
  std::mutex mutex_;
  std::vector<net::CurlEasy> handles_;  // under mutex_
};

}  // namespace tayori::client
