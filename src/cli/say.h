// How the program speaks: what was asked for on standard output, everything else on standard error.
//
// Threads: any.
#pragma once

#include <string_view>

#include "server/config_problem.h"

namespace tayori {
class Server;
}

namespace tayori::cli {

/// "tayori: `text`" on standard error.
void complain(std::string_view text);

/// All problems, one a line, and what to do about them.
void complain(const server::ConfigProblems& problems);

/// A line on standard output, sent off at once, so that a program which waits for it sees it.
void say(std::string_view line);

/// The addresses of a running server, in lines that programs may read: ^(public|internal)\s+(http:\S+)
void say_addresses(const Server& server);

}  // namespace tayori::cli
