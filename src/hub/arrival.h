// Arrival: a page that has shown a good token, and where it wants to go on.
//
// Threads: any (a plain value).
// Source:  spec/protocol.md 2.1
#pragma once

#include <optional>
#include <string>

#include "access/token_claims.h"
#include "tayori/cursor.h"

namespace tayori::hub {

struct Arrival {
  access::TokenClaims claims;
  std::optional<Cursor> cursor = {};
  /// The word of its last `o`, if it has said one; empty when it has none yet.
  std::optional<std::string> session = {};
};

}  // namespace tayori::hub
