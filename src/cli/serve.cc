#include "cli/serve.h"

#include <string>

#include "cli/process.h"
#include "cli/say.h"
#include "server/config_read.h"
#include "server/make_server.h"

namespace tayori::cli {

Outcome start(Server& server) {
  if (auto started = server.start(); !started) return started;
  say_addresses(server);
  return success();
}

ExitCode run(const ServeCommand& command) {
  const auto read_all = [&command] {
    return server::read_config({.file = command.config_file,
                                .environment = server::process_environment(),
                                .flags = command.flags});
  };
  const auto read = read_all();
  if (!read.problems.empty()) {
    complain(read.problems);
    return ExitCode::usage;
  }
  log_to_stderr(read.config.server.verbosity);
  raise_descriptor_limit(read.config.server.max_connections);

  const auto server = server::make_server(read.config, read_all);
  if (const auto started = start(*server); !started) {
    complain(started.error().detail);
    return ExitCode::failed;
  }
  server->run_until_signal();
  return ExitCode::good;
}

}  // namespace tayori::cli
