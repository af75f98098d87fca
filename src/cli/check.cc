#include "cli/check.h"

#include <fmt/format.h>

#include "cli/say.h"
#include "server/config_print.h"
#include "server/config_read.h"

namespace tayori::cli {

ExitCode run(const CheckCommand& command) {
  if (command.print != CheckCommand::Print::verdict) {
    const bool defaults = command.print == CheckCommand::Print::defaults;
    fmt::print("{}", defaults ? server::default_toml() : server::config_reference());
    return ExitCode::good;
  }
  const auto read = server::read_config(
      {.file = command.config_file, .environment = server::process_environment()});
  if (!read.problems.empty()) {
    complain(read.problems);
    return ExitCode::usage;
  }
  say(fmt::format("good: public {}, internal {}", read.config.public_.listen,
                  read.config.internal.listen));
  return ExitCode::good;
}

}  // namespace tayori::cli
