#include "cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

template <typename T>
T read(const std::vector<std::string>& arguments) {
  const Command command = read_command_line(arguments);
  const auto* reply = std::get_if<Reply>(&command);
  EXPECT_TRUE(std::holds_alternative<T>(command))
      << (reply != nullptr ? reply->text : "another command");
  return std::holds_alternative<T>(command) ? std::get<T>(command) : T{};
}

TEST(CommandLine, serve_takes_a_file_and_flags_that_name_settings) {
  const auto plain = read<ServeCommand>({"serve"});
  EXPECT_EQ(plain.config_file, std::nullopt);
  EXPECT_THAT(plain.flags, IsEmpty());

  const auto full = read<ServeCommand>({"serve", "--config", "a.toml", "--public", "127.0.0.1:1",
                                        "--internal=[::1]:2", "--loops", "3"});
  EXPECT_EQ(full.config_file, "a.toml");
  std::vector<std::string> flags;
  for (const auto& each : full.flags)
    flags.push_back(each.flag + " " + each.section + "." + each.name + " " + each.text);
  EXPECT_THAT(flags, ElementsAre("--public public.listen 127.0.0.1:1",
                                 "--internal internal.listen [::1]:2", "--loops server.loops 3"));
}

TEST(CommandLine, token_takes_life_and_groups) {
  const auto command =
      read<TokenCommand>({"token", "ann", "--minutes", "5", "--group", "red", "--group", "blue"});
  EXPECT_EQ(command.client_id, "ann");
  EXPECT_EQ(command.duration, std::chrono::minutes{5});
  EXPECT_THAT(command.groups, ElementsAre("red", "blue"));
  EXPECT_EQ(read<TokenCommand>({"token", "--group", "red", "ann"}).client_id, "ann");
}

TEST(CommandLine, send_goes_to_a_client_a_group_or_everyone) {
  using To = SendCommand::To;
  const auto to_client = read<SendCommand>({"send", "ann", "hello"});
  EXPECT_EQ(to_client.to, To::client);
  EXPECT_EQ(to_client.name, "ann");
  EXPECT_EQ(to_client.message, "hello");
  const auto to_group = read<SendCommand>({"send", "--group", "red", "-"});
  EXPECT_EQ(to_group.to, To::group);
  EXPECT_EQ(to_group.name, "red");
  EXPECT_EQ(to_group.message, "-");
  EXPECT_EQ(read<SendCommand>({"send", "--everyone", "hello"}).to, To::everyone);
  EXPECT_EQ(read<SendCommand>({"send", "ann", "--", "--everyone"}).message, "--everyone");
}

TEST(CommandLine, looks_for_the_server_on_this_machine_unless_told) {
  EXPECT_EQ(read<SendCommand>({"send", "ann", "hello"}).backend.url, "http://127.0.0.1:8081");
  EXPECT_EQ(read<SendCommand>({"send", "ann", "hello", "--url", "http://a:1"}).backend.url,
            "http://a:1");
}

TEST(CommandLine, check_prints_a_verdict_defaults_or_the_reference) {
  using Print = CheckCommand::Print;
  EXPECT_EQ(read<CheckCommand>({"check"}).print, Print::verdict);
  EXPECT_EQ(read<CheckCommand>({"check", "--defaults"}).print, Print::defaults);
  EXPECT_EQ(read<CheckCommand>({"check", "--reference"}).print, Print::reference);
  EXPECT_EQ(read<CheckCommand>({"check", "--config", "a.toml"}).config_file, "a.toml");
}

TEST(CommandLine, gives_help_when_asked) {
  const auto help = read<Reply>({"--help"});
  EXPECT_EQ(help.code, ExitCode::good);
  EXPECT_THAT(help.text, HasSubstr("serve"));
  EXPECT_THAT(read<Reply>({"send", "--help"}).text, HasSubstr("--everyone"));
}

TEST(CommandLine, refuses_what_it_does_not_understand_and_says_where_to_look) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"serv"}, "tayori: there is no command \"serv\""},
      {{"serve", "--pubic", "127.0.0.1:1"}, "tayori serve: "},
      {{"serve", "more"}, "tayori serve: "},
      {{"token"}, "tayori token: "},
      {{"token", "ann", "--minutes", "0"}, "tayori token: "},
      {{"token", "ann", "--minutes", "soon"}, "tayori token: "},
      {{"send", "ann"}, "tayori send: expected CLIENT_ID and MESSAGE"},
      {{"send", "--everyone", "two words", "more"}, "tayori send: expected only MESSAGE"},
      {{"send", "--everyone", "--group", "red", "hello"}, "tayori send: "},
  };
  for (const auto& [arguments, start] : cases) {
    const auto reply = read<Reply>(arguments);
    EXPECT_EQ(reply.code, ExitCode::usage) << arguments.back();
    EXPECT_THAT(reply.text, StartsWith(start));
    EXPECT_THAT(reply.text, HasSubstr("--help` tells more.\n"));
  }
  EXPECT_EQ(read<Reply>({}).code, ExitCode::usage);
}

}  // namespace
}  // namespace tayori::cli
