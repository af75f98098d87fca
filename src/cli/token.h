// `tayori token`: a token from a running server, on standard output.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"

namespace tayori::cli {

ExitCode run(const TokenCommand& command);

}  // namespace tayori::cli
