#include "client/connections.h"

#include <utility>

#include "base/check.h"

namespace tayori::client {

net::CurlEasy Connections::take() {
  {
    const std::scoped_lock lock(mutex_);
    if (!handles_.empty()) {
      net::CurlEasy easy = std::move(handles_.back());
      handles_.pop_back();
      return easy;
    }
  }
  net::CurlEasy easy(curl_easy_init());
  CHECK(easy != nullptr, "libcurl has memory for a handle");
  return easy;
}

void Connections::give_back(net::CurlEasy easy) {
  const std::scoped_lock lock(mutex_);
  if (handles_.size() < idle_) handles_.push_back(std::move(easy));
}

}  // namespace tayori::client
