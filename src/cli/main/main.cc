// The program `tayori`.
#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "cli/check.h"
#include "cli/command_line.h"
#include "cli/dev.h"
#include "cli/process.h"
#include "cli/say.h"
#include "cli/send.h"
#include "cli/serve.h"
#include "cli/token.h"

namespace tayori::cli {

namespace {

ExitCode run(const VersionCommand&) {
  say("tayori " TAYORI_VERSION);
  return ExitCode::good;
}

ExitCode run(const Reply& reply) {
  fmt::print(reply.code == ExitCode::good ? stdout : stderr, "{}", reply.text);
  return reply.code;
}

ExitCode run_program(const std::vector<std::string>& arguments) {
  ignore_broken_pipes();
  curl_global_init(CURL_GLOBAL_DEFAULT);
  return std::visit([](const auto& command) { return run(command); }, read_command_line(arguments));
}

}  // namespace

}  // namespace tayori::cli

int main(int count, char** arguments) {
  const int own_name = count > 0 ? 1 : 0;
  return static_cast<int>(tayori::cli::run_program({arguments + own_name, arguments + count}));
}
