// ConfigProblem: one thing that is wrong with a configuration, told so that its reader can mend it.
//
// All problems of a configuration are collected before any is told, so that one start shows them all.
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <vector>

namespace tayori::server {

struct ConfigProblem {
  /// Where to look: "tayori.toml:3:9", "TAYORI_LOG_ENGINE", "--public", or a key when it is nowhere at all.
  std::string place;
  /// What is wrong, what was expected and what was found. Never holds a secret.
  std::string what;

  [[nodiscard]] std::string text() const { return place + ": " + what; }
  friend bool operator==(const ConfigProblem&, const ConfigProblem&) = default;
};

using ConfigProblems = std::vector<ConfigProblem>;

}  // namespace tayori::server
