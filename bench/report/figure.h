// Figure: one measured line of the report, with its goal.
//
// Threads: any (plain values).
// Source:  README.md, "Goals"
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "generator/statistics.h"

namespace tayori::bench {

/// `samples` hold what was measured in each round, in the order of the rounds.
using Samples = std::vector<double>;

struct Figure {
  /// The name in results.json: lower case, with the unit where it is not a ratio.
  std::string key;
  std::string what;
  double goal = 0;
  /// What the goal bounds: "" for a ratio to the bare loop, else the unit of `tayori`.
  std::string goal_unit;
  /// Of `tayori` and `bare_loop`.
  std::string unit;
  /// Of one round at least.
  Samples tayori = {};
  /// Of the same rounds; empty where the bare loop has no such thing.
  Samples bare_loop = {};

  [[nodiscard]] bool is_ratio() const { return goal_unit.empty(); }

  /// What is held against the goal: the median over the rounds, of the ratios if it is one.
  [[nodiscard]] double measured() const { return is_ratio() ? median(ratios()) : median(tayori); }

  /// The best of tayori to the best of the bare loop. REQUIRES: is_ratio().
  [[nodiscard]] double best_to_best() const {
    return *std::min_element(tayori.begin(), tayori.end()) /
           *std::min_element(bare_loop.begin(), bare_loop.end());
  }

  /// REQUIRES: is_ratio().
  [[nodiscard]] Samples ratios() const {
    Samples ratios;
    for (std::size_t round = 0; round < tayori.size(); ++round)
      ratios.push_back(tayori[round] / bare_loop[round]);
    return ratios;
  }

  [[nodiscard]] bool is_met() const { return measured() <= goal; }
};

}  // namespace tayori::bench
