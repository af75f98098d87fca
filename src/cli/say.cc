#include "cli/say.h"

#include <fmt/format.h>

#include <cstdio>

#include "tayori/server.h"

namespace tayori::cli {

void complain(std::string_view text) { fmt::print(stderr, "tayori: {}\n", text); }

void complain(const server::ConfigProblems& problems) {
  complain(problems.size() == 1
               ? "the configuration has a problem:"
               : fmt::format("the configuration has {} problems:", problems.size()));
  for (const server::ConfigProblem& each : problems) fmt::print(stderr, "  {}\n", each.text());
}

void say(std::string_view line) {
  fmt::print("{}\n", line);
  // A reader that has gone away is not our trouble: the server goes on.
  static_cast<void>(std::fflush(stdout));
}

void say_addresses(const Server& server) {
  std::string lines = fmt::format("public  {}/", server.public_url());
  if (const std::string internal = server.internal_url(); !internal.empty())
    lines += fmt::format("\ninternal {}/", internal);
  say(lines);
}

}  // namespace tayori::cli
