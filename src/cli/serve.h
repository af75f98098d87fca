// `tayori serve`: the server, until SIGTERM or Ctrl-C.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"

namespace tayori::cli {

ExitCode run(const ServeCommand& command);

}  // namespace tayori::cli
