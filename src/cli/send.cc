#include "cli/send.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

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

Result<Sent> send(const SendCommand& command, const Payload& message) {
  const Client server = client_of(command.backend);
  if (command.to == SendCommand::To::everyone) return server.broadcast(message);
  if (command.to == SendCommand::To::group) {
    const auto group = GroupName::parse(command.name);
    return group ? server.send_group(*group, message) : group.error();
  }
  // What is too long for a client id may be a token of one.
  const auto client_id = ClientId::parse(command.name);
  return client_id ? server.send_message(*client_id, message)
                   : server.send_message(Token{command.name}, message);
}

}  // namespace

ExitCode run(const SendCommand& command) {
  // How much the server takes is its own affair.
  const auto message = Payload::parse(command.message == "-" ? standard_input() : command.message,
                                      limits::kMessageBytesCeiling);
  if (!message) {
    complain(message.error().detail);
    return ExitCode::failed;
  }
  const auto sent = send(command, *message);
  if (!sent) return fail(sent.error());
  say(fmt::format("sent {} to {} {}{}", sent->cursor.text(), sent->sessions,
                  sent->sessions == 1 ? "session" : "sessions",
                  sent->sessions == 0 ? "; it waits for pages that come" : ""));
  return ExitCode::good;
}

}  // namespace tayori::cli
