// `tayori check`: what is wrong with a configuration, or what one may hold.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"

namespace tayori::cli {

ExitCode run(const CheckCommand& command);

}  // namespace tayori::cli
