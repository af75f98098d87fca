// SessionLimits: what one page may take up, and how long it may be silent.
//
// Threads: any (a plain value).
#pragma once

#include <chrono>
#include <cstddef>

namespace tayori::hub {

struct SessionLimits {
  std::size_t outbox_bytes = 1'048'576;
  /// A page that hears nothing for this long comes back; each side says `h` after half of it. A page of which
  /// nothing was heard for twice of it counts as lost.
  std::chrono::milliseconds heartbeat = std::chrono::seconds{25};
  /// From the connection to the token.
  std::chrono::milliseconds authenticate = std::chrono::seconds{10};
  /// The longest that the answer to a poll is held, whatever the page asks for.
  std::chrono::milliseconds poll_wait = std::chrono::seconds{25};
};

}  // namespace tayori::hub
