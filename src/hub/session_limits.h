// SessionLimits: what one page may take up, and how long it may be silent.
//
// Threads: any (a plain value).
#pragma once

#include <chrono>
#include <cstddef>

namespace tayori::hub {

struct SessionLimits {
  std::size_t outbox_bytes = 1'048'576;
  /// Silence after which either side says `h`; twice of it, and the page counts as lost.
  std::chrono::milliseconds heartbeat = std::chrono::seconds{25};
  /// From the connection to the token.
  std::chrono::milliseconds authenticate = std::chrono::seconds{10};
};

}  // namespace tayori::hub
