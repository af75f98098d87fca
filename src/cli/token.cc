#include "cli/token.h"

#include "cli/backend.h"
#include "cli/say.h"

namespace tayori::cli {

namespace {

Result<Channel> create_channel(const TokenCommand& command) {
  const auto client_id = ClientId::parse(command.client_id);
  if (!client_id) return client_id.error();
  ChannelOptions options{.duration = command.duration};
  for (const std::string& name : command.groups) {
    const auto group = GroupName::parse(name);
    if (!group) return group.error();
    options.groups.push_back(*group);
  }
  return client_of(command.backend).create_channel(*client_id, options);
}

}  // namespace

ExitCode run(const TokenCommand& command) {
  const auto channel = create_channel(command);
  if (!channel) return fail(channel.error());
  say(channel->token);
  return ExitCode::good;
}

}  // namespace tayori::cli
