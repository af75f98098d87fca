#include "cli/dev.h"

#include <fmt/format.h>

#include <utility>

#include "cli/dev_console.h"
#include "cli/process.h"
#include "cli/say.h"
#include "cli/serve.h"
#include "server/config_read.h"
#include "server/make_server.h"
#include "tayori/server.h"

namespace tayori::cli {

namespace {

void say_first_steps(const Server& server) {
  say(
      fmt::format("\n"
                  "Open {}/ in a browser, then send its page a message:\n\n"
                  "  curl {}/v1/send_message -H 'Content-Type: application/json' \\\n"
                  "    -d '{{\"client_id\": \"{}\", \"message\": \"hello\"}}'\n\n"
                  "Here is told who comes and goes. Ctrl-C ends it.\n",
                  server.public_url(), server.internal_url(), kDevClientId));
}

}  // namespace

ExitCode run(const DevCommand& command) {
  server::ConfigSources sources{.flags = command.flags};
  sources.flags.push_back({"dev", "server", "mode", "dev"});
  sources.flags.push_back({"dev", "server", "verbosity", "warning"});
  const auto read = server::read_config(sources);
  if (!read.problems.empty()) {
    complain(read.problems);
    return ExitCode::usage;
  }
  log_to_stderr(read.config.server.verbosity);

  DevConsole console(server::make_server(read.config));
  Server& server = console.server();
  if (const auto started = start(server); !started) {
    complain(
        fmt::format("{} --public and --internal choose other addresses; port 0 takes any free one.",
                    started.error().detail));
    return ExitCode::failed;
  }
  say_first_steps(server);
  server.run_until_signal();
  return ExitCode::good;
}

}  // namespace tayori::cli
