// `tayori send`: a message through a running server.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"

namespace tayori::cli {

ExitCode run(const SendCommand& command);

}  // namespace tayori::cli
