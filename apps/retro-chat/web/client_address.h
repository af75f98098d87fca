// ClientAddress: whom a request comes from, as those count who limit how much one address may do.
//
// Behind a proxy every request comes from the proxy, which says in X-Forwarded-For for whom it asks. Only proxies that the operator
// has named are believed: anybody else could say anything. Read from the right, the first address that is no such proxy's is
// the one; what stands further left is whatever the client claimed.
//
// Threads: any, once made.
// Source:  RFC 4291 section 2.5.2; RFC 6177 (a site has a /64 at least); the field is nobody's standard
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tayori/http.h"

namespace retrochat {

/// A block of addresses, "10.0.0.0/8", or one, "127.0.0.1". IPv4 addresses lie in ::ffff:0:0/96.
class Network {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  /// Nothing when it is malformed.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);

  [[nodiscard]] bool holds(const Bytes& address) const;

 private:
  Bytes first_{};
  int bits_ = 0;
};

class ClientAddress {
 public:
  explicit ClientAddress(std::vector<Network> trusted_proxies)
      : trusted_proxies_(std::move(trusted_proxies)) {}

  /// An IPv4 address, or the first 64 bits of an IPv6 address: whoever has one of those has them all.
  [[nodiscard]] std::string of(const tayori::HttpRequest& request) const;

 private:
  [[nodiscard]] bool is_trusted(const Network::Bytes& address) const;

  const std::vector<Network> trusted_proxies_;
};

}  // namespace retrochat
