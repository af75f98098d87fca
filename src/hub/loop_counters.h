// LoopCounters: what one loop's sessions did, readable from any thread.
//
// Threads: written by its loop; read by any.
#pragma once

#include <array>

#include "net/traffic.h"
#include "tayori/error_code.h"

namespace tayori::hub {

struct LoopCounters {
  net::Counter sessions_open;
  net::Counter sessions_opened;
  net::Counter deliveries;
  net::Counter gaps;
  /// Pages turned away or closed, by reason.
  std::array<net::Counter, kErrorFacts.size()> refusals;

  net::Counter& refused(ErrorCode code) { return refusals.at(static_cast<std::size_t>(code)); }
};

}  // namespace tayori::hub
