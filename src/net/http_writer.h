// write_http: one HTTP/1.1 response as bytes.
//
// Written here, a dozen lines: Beast's serializer instantiates every way of chunking for one string. A field that
// would break the head's lines (CR, LF, NUL) turns the response into a plain 500: it holds what an outsider said, and
// half a response is worse than none.
//
// Threads: any.
// Source:  RFC 9110, RFC 9112
#pragma once

#include <chrono>
#include <string>

#include "tayori/http.h"

namespace tayori::net {

struct HttpFraming {
  bool keep_alive = true;
  /// How long a kept connection may be silent, told to clients so that none reuses one that is about to close.
  std::chrono::seconds idle_time{75};
  /// The answer to HEAD: every field as for GET, and no body.
  bool head_only = false;
  /// The body goes on after what is in the response, until the connection ends (RFC 9112 section 6.3).
  bool endless = false;
  std::chrono::system_clock::time_point date;
};

/// Appends `response` to `out`.
void write_http(std::string& out, const HttpResponse& response, const HttpFraming& framing);

}  // namespace tayori::net
