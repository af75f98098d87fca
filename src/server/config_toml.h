// Reads settings from a TOML text.
//
// Keys that stand nowhere in config_keys(), and values that do not suit, are problems with line and column. What
// is good is set even so, and all problems are told.
//
// Threads: any.
// Source:  TOML 1.0
#pragma once

#include <string_view>

#include "server/config.h"
#include "server/config_problem.h"

namespace tayori::server {

/// Sets in `config` what `toml` says. `name` is the file's name as problems show it.
[[nodiscard]] ConfigProblems apply_toml(Config& config, std::string_view toml,
                                        std::string_view name);

}  // namespace tayori::server
