// curl_exchange(): the WebExchange over libcurl.
//
// A connection for each request: there are few, and none is ever sent twice because a kept connection had gone. The system's
// certificate authorities are trusted. Proxies named in the environment are not used, only one that is given.
//
// Threads: set up only (curl_exchange); any (what it makes).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "outgoing/web_request.h"
#include "text/limits.h"

namespace retrochat {

struct WebLimits {
  std::chrono::milliseconds connect = limits::kWebConnect;
  std::chrono::milliseconds total = limits::kWebTotal;
  std::size_t answer_bytes = limits::kWebAnswerBytes;
  /// "http://proxy.example:3128"; none when empty.
  std::string proxy = {};
};

[[nodiscard]] WebExchange curl_exchange(WebLimits limits = {});

}  // namespace retrochat
