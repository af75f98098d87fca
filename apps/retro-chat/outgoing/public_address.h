// is_public: whether an address is anybody's on the Internet, and nobody's own network's.
//
// Owners of rooms are strangers: what they name as a place to post to must not reach what only this machine can reach.
//
// Threads: any.
// Source:  IANA's special-purpose address registries (RFC 6890 and what followed)
#pragma once

#include <sys/socket.h>

namespace retrochat {

/// False for loopback, private, shared (RFC 6598), link-local, multicast, unspecified, documentation, benchmarking and
/// reserved addresses, for IPv6 addresses that carry one of IPv4 (mapped, NAT64, 6to4), and for other families.
[[nodiscard]] bool is_public(const sockaddr& address);

}  // namespace retrochat
