// token_identity: what one token is known by, among all of a node's.
//
// Threads: any.
// Source:  spec/protocol.md 1 (Token claims)
#pragma once

#include <string>

#include "access/token_claims.h"

namespace tayori::hub {

/// The client id, which has no line ends, comes first: ids that a backend makes itself may repeat from client to client. Two
/// tokens without an id (a backend's own) are told apart by when they end.
inline std::string token_identity(const access::TokenClaims& claims) {
  if (!claims.id.empty()) return claims.client_id.text() + '\n' + claims.id;
  const auto seconds = claims.expires_at.time_since_epoch() / std::chrono::seconds{1};
  return claims.client_id.text() + "\n\n" + std::to_string(seconds);
}

}  // namespace tayori::hub
