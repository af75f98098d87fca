// What a configuration has to fulfil as a whole, beyond the shape of each value.
//
// Keys are needed to serve; dev mode does without, and stays on loopback for that; limits have to fit one another.
//
// Threads: any (a pure function).
#pragma once

#include "server/config.h"
#include "server/config_problem.h"

namespace tayori::server {

/// Everything that keeps a server from running on `config`; nothing when it can. The place of each problem is its key.
[[nodiscard]] ConfigProblems check_config(const Config& config);

}  // namespace tayori::server
