// `tayori serve`: the server, until SIGTERM or Ctrl-C.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"
#include "server/config.h"
#include "tayori/server.h"

namespace tayori::cli {

ExitCode run(const ServeCommand& command);

/// Starts `server` and says where it listens; what hinders is an error.
[[nodiscard]] Outcome start(Server& server);

}  // namespace tayori::cli
