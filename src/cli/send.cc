#include "cli/send.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/utf8.h"
#include "cli/backend.h"
#include "cli/say.h"
#include "tayori/limits.h"

namespace tayori::cli {

namespace {

std::string standard_input() {
  std::string text(limits::kMessageBytesCeiling + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), stdin));
  return text;
}

std::string_view path_of(SendCommand::To to) {
  switch (to) {
    case SendCommand::To::group: return "/v1/send_group";
    case SendCommand::To::everyone: return "/v1/broadcast";
    case SendCommand::To::client: break;
  }
  return "/v1/send_message";
}

void say_sent(const boost::json::object& answer) {
  const auto* cursor = answer.if_contains("cursor");
  const auto* sessions = answer.if_contains("sessions");
  const auto count =
      sessions != nullptr && sessions->is_number() ? sessions->to_number<std::uint64_t>() : 0;
  const std::string_view place =
      cursor != nullptr && cursor->is_string() ? std::string_view(cursor->get_string()) : "?";
  say(fmt::format("sent {} to {} {}{}", place, count, count == 1 ? "session" : "sessions",
                  count == 0 ? "; it waits for pages that come" : ""));
}

}  // namespace

ExitCode run(const SendCommand& command) {
  const std::string message = command.message == "-" ? standard_input() : command.message;
  if (!base::is_utf8(message)) {
    complain("a message is UTF-8 text, and this is not");
    return ExitCode::failed;
  }
  boost::json::object body{{"message", message}};
  if (command.to == SendCommand::To::client) body["client_id"] = command.name;
  if (command.to == SendCommand::To::group) body["group"] = command.name;

  const Backend backend(command.backend.url, Backend::api_key_of_environment());
  const auto answer = backend.post(path_of(command.to), body);
  if (!answer.body) {
    complain(answer.trouble);
    return ExitCode::failed;
  }
  say_sent(*answer.body);
  return ExitCode::good;
}

}  // namespace tayori::cli
