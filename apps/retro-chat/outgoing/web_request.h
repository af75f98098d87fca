// WebRequest: something the house asks of another server, and what came back.
//
// Whoever asks is given a WebExchange, so that a test answers in the network's place; the one over libcurl is made by
// outgoing/curl_exchange.h. A redirect is an answer like any other: secrets go where they were addressed, and nowhere else.
//
// Threads: any (plain values). A WebExchange blocks until the answer is there, and may be called from several at once.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tayori/http.h"

namespace retrochat {

struct WebRequest {
  std::string method = "GET";
  /// REQUIRES: is_safe_address(url); it is refused otherwise.
  std::string url;
  std::vector<tayori::HttpField> fields = {};
  std::string body = {};
};

struct WebAnswer {
  int status = 0;
  std::vector<tayori::HttpField> fields = {};
  std::string body = {};
};

/// There is no answer, or none within the limits. `why` is for the operator and holds nothing of the request.
struct WebFailure {
  std::string why;
};

using WebResult = std::variant<WebAnswer, WebFailure>;
using WebExchange = std::function<WebResult(const WebRequest&)>;

/// Whether something secret may be sent there: https, or http on this machine (127.0.0.1, [::1], localhost); without a
/// user name in it.
[[nodiscard]] bool is_safe_address(std::string_view url);

/// `name=value&...`, each escaped, for a query or a form.
[[nodiscard]] std::string form_encoded(const std::vector<tayori::HttpField>& pairs);

}  // namespace retrochat
