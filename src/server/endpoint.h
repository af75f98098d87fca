// Endpoint: the HOST:PORT of a listener.
//
// HOST is an IPv4 address, an IPv6 address in brackets, or "localhost" (which is 127.0.0.1); names are not
// looked up, since a listener binds an address. Port 0 takes any free one. An Endpoint is valid because it exists.
//
// Threads: any (a plain value).
// Source:  RFC 3986 section 3.2.2 (the brackets)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "tayori/result.h"

namespace tayori::server {

class Endpoint {
 public:
  /// "127.0.0.1:8080", "[::1]:8080", "localhost:0"; invalid_request saying what was expected.
  static Result<Endpoint> parse(std::string_view text);

  /// The address without brackets: "127.0.0.1", "::1".
  [[nodiscard]] const std::string& host() const { return host_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// As parse() takes it, with brackets round an IPv6 address.
  [[nodiscard]] std::string text() const;
  /// Whether only this machine reaches it (127.0.0.0/8, ::1).
  [[nodiscard]] bool is_loopback() const { return is_loopback_; }

 private:
  Endpoint(std::string host, std::uint16_t port, bool is_loopback)
      : host_(std::move(host)), port_(port), is_loopback_(is_loopback) {}
  std::string host_;
  std::uint16_t port_;
  bool is_loopback_;
};

}  // namespace tayori::server
