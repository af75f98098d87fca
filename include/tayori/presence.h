// PresenceEdge: a client id has come, or it has gone.
//
// Threads: any (a plain value).
// Source:  channel-api.md 4
#pragma once

#include <chrono>
#include <cstdint>

#include "tayori/client_id.h"

namespace tayori {

struct PresenceEdge {
  enum class Kind { connected, disconnected };
  Kind kind;
  ClientId client_id;
  /// Why the last session of the client id ended.
  enum class Reason {
    none,      ///< of `connected`
    closed,    ///< the page said so
    lost,      ///< it went without a word, and did not come back within the grace time
    expired,   ///< its token ran out
    shutdown,  ///< the server stopped
  };
  Reason reason = Reason::none;
  /// Ascends with every edge of one client id, also from one start of the server to the next, so that a late one can
  /// be told from a new one.
  std::uint64_t generation = 0;
  std::chrono::system_clock::time_point at = {};
};

}  // namespace tayori
