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

/// One gather write of what is first in `outbox`, behind `ahead`. What is taken leaves them.
Written write_some(std::string& ahead, Outbox& outbox, net::StreamConnection& connection);
/// The same with nothing ahead.
Written write_some(Outbox& outbox, net::StreamConnection& connection);

/// What is left in `outbox`, as one string. REQUIRES: few frames, as after Outbox::drop_unsent().
std::string rest_of(const Outbox& outbox);

}  // namespace tayori::session
