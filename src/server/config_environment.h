// Reads settings from environment variables: TAYORI_SECTION_KEY for every key.
//
// A variable that begins like a section and names no key is a problem, so that a slip of the pen does not go
// unseen. Variables of the client commands (TAYORI_URL, TAYORI_API_KEY, ...) and those of no section are left
// alone. An empty variable counts as not set.
//
// Threads: any, while nobody changes the environment.
#pragma once

#include <map>
#include <string>

#include "server/config.h"
#include "server/config_problem.h"

namespace tayori::server {

/// Names and values.
using Environment = std::map<std::string, std::string>;

/// The variables of this process whose names begin with TAYORI_.
Environment process_environment();

/// Sets in `config` what `environment` says.
[[nodiscard]] ConfigProblems apply_environment(Config& config, const Environment& environment);

}  // namespace tayori::server
