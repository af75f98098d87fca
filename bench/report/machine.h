// Machine: where figures were taken, and whether anyone else was at work there.
//
// Names no path and no person.
//
// Threads: one.
#pragma once

#include <string>

namespace tayori::bench {

struct Machine {
  std::string cpu;
  std::string kernel;
  int cores = 0;
  std::string compiler;
  /// The share of all cores that was busy, or taken by the host, while this program slept.
  double busy_before = 0;

  /// Looks for half a second.
  static Machine look();

  /// Whether somebody else's work will show in times.
  [[nodiscard]] bool is_shared() const { return busy_before > 0.05; }
};

}  // namespace tayori::bench
