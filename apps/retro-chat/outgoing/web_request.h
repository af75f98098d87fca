// WebRequest: something the house asks of another server, and what came back.
//
// Whoever asks is given a WebExchange, so that a test answers in the network's place; the one over libcurl is made by
// outgoing/curl_exchange.h. A redirect is an answer like any other: secrets go where they were addressed, and nowhere else.
//
// Threads: any (plain values). A WebExchange blocks until the answer is there, and may be called from several at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tayori/http.h"

namespace retrochat {

struct WebRequest {
  std::string method = "GET";
  std::string url;
  std::vector<tayori::HttpField> fields = {};
  std::string body = {};
  /// Given up within about a second of its being asked for.
  std::stop_token stop = {};
};

struct WebAnswer {
  int status = 0;
  std::string body = {};
  /// The body was longer than is read; `body` is its beginning.
  bool is_cut = false;
  /// RFC 9110 section 10.2.3.
  std::optional<std::chrono::seconds> retry_after = {};
};

/// There is no answer, or none within the limits. `why` is for the operator and holds nothing of the request.
struct WebFailure {
  enum class Kind : std::uint8_t { unreachable, timed_out, forbidden };
  std::string why;
  Kind kind = Kind::unreachable;
};

using WebResult = std::variant<WebAnswer, WebFailure>;
using WebExchange = std::function<WebResult(const WebRequest&)>;

/// Whether something secret may be sent there: https, or http on this machine (127.0.0.1, [::1], localhost); without a
/// user name in it.
[[nodiscard]] bool is_safe_address(std::string_view url);

/// `name=value&...`, each escaped, for a query or a form.
[[nodiscard]] std::string form_encoded(const std::vector<tayori::HttpField>& pairs);

}  // namespace retrochat
