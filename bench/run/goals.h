// Goals: the lines of the report, each with what was measured for it and the number to reach.
//
// Threads: any.
// Source:  README.md, "How to read the table"
#pragma once

#include <vector>

#include "report/figure.h"
#include "run/rounds.h"

namespace tayori::bench {

/// What is measured once, as it does not vary with the minute.
struct SteadySamples {
  double tayori_idle_bytes = 0;
  double bare_loop_idle_bytes = 0;
  double tayori_user_space_ns = 0;
  double bare_loop_user_space_ns = 0;
};

/// Every line, in the order of the table.
std::vector<Figure> held_against_goals(const RoundSamples& rounds, const SteadySamples& steady);

}  // namespace tayori::bench
