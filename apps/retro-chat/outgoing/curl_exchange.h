// curl_exchange(): the WebExchange over libcurl.
//
// A connection for each request: there are few, and none is ever sent twice because a kept connection had gone. The system's
// certificate authorities are trusted. No proxy is used, whatever the environment says: it would look names up for itself.
//
// Threads: set up only (curl_exchange); any (what it makes).
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

#include "outgoing/web_request.h"
#include "text/limits.h"

namespace retrochat {

/// Where requests may go.
struct WebReach {
  /// Judges the address as it is written. Whatever it says, only http and https are spoken.
  std::function<bool(std::string_view url)> url = is_safe_address;
  /// Judges what its name stands for, where the socket is opened, so that a name that changes between two look-ups gains
  /// nothing; none means anywhere.
  std::function<bool(const sockaddr& peer)> peer = {};
};

struct WebRules {
  std::chrono::milliseconds connect = limits::kWebConnect;
  std::chrono::milliseconds total = limits::kWebTotal;
  /// More of an answer's body is not read (WebAnswer::is_cut).
  std::size_t answer_bytes = limits::kWebAnswerBytes;
  WebReach reach = {};
};

[[nodiscard]] WebExchange curl_exchange(WebRules rules = {});

}  // namespace retrochat
