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

}  // namespace

}  // namespace tayori::cli

int main(int count, char** arguments) {
  using namespace tayori::cli;
  ignore_broken_pipes();
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const auto command = read_command_line({arguments + (count > 0 ? 1 : 0), arguments + count});
  const ExitCode code = std::visit([](const auto& each) { return run(each); }, command);
  return static_cast<int>(code);
}
