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

/// Starts `server`, which was made from `config`, and says where it listens; what hinders is an error. Before that it
/// asks whether the addresses are free: see server/endpoint_probe.h.
[[nodiscard]] Outcome start(Server& server, const server::Config& config);

}  // namespace tayori::cli
