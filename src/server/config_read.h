// Reads a configuration from everywhere it may come from: flags before environment before file before defaults.
//
//   const auto read = read_config({.file = "tayori.toml", .environment = process_environment()});
//   for (const auto& problem : read.problems) std::cerr << problem.text() << '\n';
//
// Threads: any. Reads one file.
// Source:  docs/reference/configuration.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/config.h"
#include "server/config_environment.h"
#include "server/config_problem.h"

namespace tayori::server {

/// A setting from the command line.
struct ConfigFlag {
  /// As typed: "--public".
  std::string flag;
  std::string section;
  std::string name;
  std::string text;
};

struct ConfigSources {
  std::optional<std::string> file = {};
  Environment environment = {};
  /// REQUIRES: each names a key of config_keys().
  std::vector<ConfigFlag> flags = {};
};

/// What was read, and everything that is wrong with it. With problems, `config` is not to be used.
struct ConfigRead {
  Config config;
  ConfigProblems problems;
};

/// Reads and checks (check_config) the whole.
ConfigRead read_config(const ConfigSources& sources);

}  // namespace tayori::server
