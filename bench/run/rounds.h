// Rounds: tayori and the bare loop measured in turn, so that a slow minute slows both.
//
// Every round starts both servers anew; every other round takes them in the opposite order.
//
// Threads: one.
// Source:  README.md, "Method"
#pragma once

#include <chrono>
#include <cstddef>

#include "generator/programs.h"
#include "report/figure.h"

namespace tayori::bench {

/// One sample a round, in microseconds.
struct FanOutSamples {
  Samples one_at_a_time;
  Samples latency_p50;
  Samples latency_p99;
};

struct RoundSamples {
  FanOutSamples tayori;
  FanOutSamples bare_loop;
  /// What only tayori does, or does in another way.
  Samples open;
  Samples ten_in_flight;
  Samples post;
  Samples batch;

  [[nodiscard]] std::size_t rounds() const { return open.size(); }
};

/// Plays `rounds` rounds with `sessions` sessions, telling on stderr which one it is. Begins no
/// further one after `budget`, so that a slow machine ends with fewer rounds rather than late.
RoundSamples play_rounds(const Programs& programs, std::size_t rounds, std::size_t sessions,
                         std::chrono::seconds budget);

}  // namespace tayori::bench
