// ExitCode: how the program ends.
//
// Threads: any (constants).
// Source:  docs/reference/command-line.md
#pragma once

namespace tayori::cli {

enum class ExitCode : int {
  good = 0,
  /// Something failed or was refused while running.
  failed = 1,
  /// The command line or the configuration is wrong; nothing was begun.
  usage = 2,
};

}  // namespace tayori::cli
