// Report: everything that one run found out, for people and for programs.
//
// Threads: one.
// Source:  README.md, "How to read the table"
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "report/figure.h"
#include "report/machine.h"

namespace tayori::bench {

struct Report {
  Machine machine;
  /// UTC, as in RFC 3339.
  std::string date;
  /// `git describe --always --dirty` of the working folder, or "unknown".
  std::string revision;
  /// As one would type it, without paths.
  std::string command;
  std::size_t sessions = 0;
  std::size_t rounds = 0;
  std::vector<Figure> figures;
};

/// The time and the revision, as a Report names them.
std::string utc_now();
std::string git_revision();

/// Writes the table to stdout.
void print_table(const Report& report);

/// Writes `report` to `file`, making its folder.
void write_results(const Report& report, const std::filesystem::path& file);

}  // namespace tayori::bench
