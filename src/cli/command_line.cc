#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tayori/limits.h"

namespace tayori::cli {

namespace {

constexpr const char* kDefaultUrl = "http://127.0.0.1:8081";

// Where CLI11 writes what it reads, for all commands; picked from once it is known which one was meant.
struct Arguments {
  std::optional<std::string> config_file;
  std::optional<std::string> public_listen;
  std::optional<std::string> internal_listen;
  std::optional<std::string> loops;
  std::string url = kDefaultUrl;
  std::string client_id;
  std::optional<int> minutes;
  std::vector<std::string> groups;
  std::string group;
  bool everyone = false;
  std::string first_word;
  std::optional<std::string> second_word;
  bool defaults = false;
  bool reference = false;
};

struct Commands {
  CLI::App* serve;
  CLI::App* dev;
  CLI::App* token;
  CLI::App* send;
  CLI::App* check;
  CLI::App* version;
};

void add_listeners(CLI::App& command, Arguments& arguments) {
  command.add_option("--public", arguments.public_listen, "Where browsers connect")
      ->type_name("HOST:PORT");
  command.add_option("--internal", arguments.internal_listen, "Where backends connect")
      ->type_name("HOST:PORT");
}

void add_url(CLI::App& command, Arguments& arguments) {
  command
      .add_option(
          "--url", arguments.url,
          "The server's internal address. TAYORI_API_KEY in the environment is the key for it")
      ->envname("TAYORI_URL")
      ->capture_default_str()
      ->type_name("URL");
}

CLI::App* add_serve(CLI::App& program, Arguments& arguments) {
  CLI::App* serve = program.add_subcommand("serve", "Run the server until SIGTERM or Ctrl-C");
  serve
      ->add_option("--config", arguments.config_file,
                   "Settings, as TOML; see `tayori check --defaults`")
      ->type_name("FILE");
  add_listeners(*serve, arguments);
  serve->add_option("--loops", arguments.loops, "Event loops; 0 for the number of cores")
      ->type_name("N");
  return serve;
}

CLI::App* add_dev(CLI::App& program, Arguments& arguments) {
  CLI::App* dev = program.add_subcommand("dev",
                                         "Try it out: a server on this machine only, without keys, "
                                         "and a page to watch messages arrive");
  add_listeners(*dev, arguments);
  return dev;
}

CLI::App* add_token(CLI::App& program, Arguments& arguments) {
  CLI::App* token = program.add_subcommand(
      "token", "Ask a running server for a token that a page opens its channel with");
  token->add_option("client_id", arguments.client_id, "Whom the page is for")
      ->type_name("CLIENT_ID")
      ->required();
  token
      ->add_option("--minutes", arguments.minutes,
                   "The token's life, 1 to 1440; the server's own default otherwise")
      ->check(
          CLI::Range(limits::kTokenLifeMin.count(), limits::kTokenLifeMax.count()).description(""))
      ->type_name("N");
  token
      ->add_option("--group", arguments.groups,
                   "A group that the page hears as well; may be repeated")
      ->type_name("GROUP")
      ->allow_extra_args(false);
  add_url(*token, arguments);
  return token;
}

CLI::App* add_send(CLI::App& program, Arguments& arguments) {
  CLI::App* send = program.add_subcommand("send", "Send a message through a running server");
  send->add_option("client_id", arguments.first_word,
                   "To whom; left out with --group and --everyone")
      ->type_name("CLIENT_ID")
      ->required();
  send->add_option("message", arguments.second_word,
                   "The message; '-' reads it from standard input, byte for byte")
      ->type_name("MESSAGE");
  auto* group =
      send->add_option("--group", arguments.group, "To all of a group")->type_name("GROUP");
  send->add_flag("--everyone", arguments.everyone, "To every page there is")->excludes(group);
  add_url(*send, arguments);
  return send;
}

CLI::App* add_check(CLI::App& program, Arguments& arguments) {
  CLI::App* check =
      program.add_subcommand("check", "Tell whether `serve` could start with this configuration");
  check->add_option("--config", arguments.config_file, "Settings, as TOML")->type_name("FILE");
  auto* defaults = check->add_flag("--defaults", arguments.defaults,
                                   "Print every setting at its default, as a file to start from");
  check->add_flag("--reference", arguments.reference, "Print the reference page of all settings")
      ->excludes(defaults);
  return check;
}

std::vector<server::ConfigFlag> config_flags(const Arguments& arguments) {
  std::vector<server::ConfigFlag> flags;
  const auto add = [&](const char* flag, const char* section, const char* name,
                       const std::optional<std::string>& text) {
    if (text) flags.push_back({flag, section, name, *text});
  };
  add("--public", "public", "listen", arguments.public_listen);
  add("--internal", "internal", "listen", arguments.internal_listen);
  add("--loops", "server", "loops", arguments.loops);
  return flags;
}

Command token_command(const Arguments& arguments) {
  TokenCommand command{{arguments.url}, arguments.client_id, std::nullopt, arguments.groups};
  if (arguments.minutes) command.duration = std::chrono::minutes(*arguments.minutes);
  return command;
}

// A usage error of the command that was meant, as far as that can be told.
Reply refuse(const std::string& what, const std::string& command = {}) {
  const std::string name = command.empty() ? "tayori" : "tayori " + command;
  return {ExitCode::usage, name + ": " + what + "\n`" + name + " --help` tells more.\n"};
}

Command send_command(const Arguments& arguments) {
  using To = SendCommand::To;
  const std::string& first = arguments.first_word;
  const auto& second = arguments.second_word;
  if (!arguments.everyone && arguments.group.empty()) {
    if (!second) return refuse("expected CLIENT_ID and MESSAGE", "send");
    return SendCommand{{arguments.url}, To::client, first, *second};
  }
  if (second) return refuse("expected only MESSAGE beside --group or --everyone", "send");
  return SendCommand{
      {arguments.url}, arguments.everyone ? To::everyone : To::group, arguments.group, first};
}

Command check_command(const Arguments& arguments) {
  using Print = CheckCommand::Print;
  const Print print = arguments.defaults    ? Print::defaults
                      : arguments.reference ? Print::reference
                                            : Print::verdict;
  return CheckCommand{arguments.config_file, print};
}

Command command_of(const Commands& commands, const Arguments& arguments) {
  if (commands.serve->parsed()) return ServeCommand{arguments.config_file, config_flags(arguments)};
  if (commands.dev->parsed()) return DevCommand{config_flags(arguments)};
  if (commands.token->parsed()) return token_command(arguments);
  if (commands.send->parsed()) return send_command(arguments);
  if (commands.check->parsed()) return check_command(arguments);
  return VersionCommand{};
}

}  // namespace

Command read_command_line(const std::vector<std::string>& arguments) {
  Arguments read;
  CLI::App program("Tayori carries messages from your backend to the browsers that wait for them.",
                   "tayori");
  program.require_subcommand(1);
  program.set_help_flag("--help,-h", "Print this");
  program.set_version_flag("--version", "", "Print the version");
  const Commands commands{
      add_serve(program, read), add_dev(program, read),
      add_token(program, read), add_send(program, read),
      add_check(program, read), program.add_subcommand("version", "Print the version")};
  const auto meant = [&]() -> CLI::App* {
    const auto parsed = program.get_subcommands();
    return parsed.empty() ? nullptr : parsed.front();
  };
  try {
    // CLI11 takes them last one first.
    program.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return Reply{ExitCode::good, meant() != nullptr ? meant()->help("tayori") : program.help()};
  } catch (const CLI::CallForVersion&) {
    return VersionCommand{};
  } catch (const CLI::ParseError& error) {
    if (arguments.empty()) return Reply{ExitCode::usage, program.help()};
    if (meant() != nullptr) return refuse(error.what(), meant()->get_name());
    const bool is_word = !arguments.front().starts_with('-');
    return refuse(is_word ? "there is no command \"" + arguments.front() + "\"" : error.what());
  }
  return command_of(commands, read);
}

}  // namespace tayori::cli
