// PresenceEdge: a client id has come, or it has gone.
//
// Threads: any (a plain value).
// Source:  channel-api.md 4
#pragma once

#include <cstdint>

#include "tayori/client_id.h"

namespace tayori {

struct PresenceEdge {
  enum class Kind { connected, disconnected };
  Kind kind;
  ClientId client_id;
  /// Ascends with every edge of one client id, so that a late one can be told from a new one.
  std::uint64_t generation = 0;
};

}  // namespace tayori
