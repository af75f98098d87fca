// write_some, rest_of: an outbox on its way into a connection.
//
// Threads: the connection's loop only.
#pragma once

#include <cstddef>
#include <string>

#include "net/stream_connection.h"
#include "session/outbox.h"

namespace tayori::session {

struct Written {
  std::size_t bytes;
  /// The connection took less than it was shown.
  bool is_blocked;
};

/// One gather write of what is first in `outbox`.
Written write_some(Outbox& outbox, net::StreamConnection& connection);

/// What is left in `outbox`, as one string. REQUIRES: few frames, as after Outbox::drop_unsent().
std::string rest_of(const Outbox& outbox);

}  // namespace tayori::session
