// `tayori dev`: a server on this machine, without keys, and a page to watch messages arrive.
//
// The environment and files are not asked, so that it is the same for everyone who tries it.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"

namespace tayori::cli {

ExitCode run(const DevCommand& command);

}  // namespace tayori::cli
