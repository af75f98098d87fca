// ServerFacts: what a server says of itself to a backend: where pages find it, and which version it is.
//
// Threads: any (a plain value).
// Source:  spec/openapi.yaml (server)
#pragma once

#include <string>

namespace tayori {

struct ServerFacts {
  /// "1.2.3".
  std::string version;
  /// The address that pages reach it under, without a '/' at its end: public.url, or its public listener's own.
  std::string public_url;
  /// The path of the channel endpoints below it; begins and ends with '/'.
  std::string prefix;
};

}  // namespace tayori
