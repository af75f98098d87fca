// What a delivery takes in calls: countable facts, the same on every machine.
//
// Threads: one.
// Source:  probe/call_counter.cc
#pragma once

#include <cstddef>

#include "generator/candidate.h"
#include "generator/probe.h"

namespace tayori::bench {

/// Each per delivery.
struct DeliveryCounts {
  double frame_writes;
  double other_calls;
  double allocations;

  [[nodiscard]] double all_calls() const { return frame_writes + other_calls; }
};

/// Over `bursts` bursts of `in_flight` broadcasts each. REQUIRES: `candidate` was started with
/// `probe`.
DeliveryCounts count_deliveries(Candidate& candidate, const Probe& probe, std::size_t in_flight,
                                std::size_t bursts);

}  // namespace tayori::bench
