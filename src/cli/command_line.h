// Command: what the user asked the program to do, read from its arguments.
//
// Threads: any (plain values).
// Source:  docs/reference/command-line.md
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/exit_code.h"
#include "server/config_read.h"

namespace tayori::cli {

struct ServeCommand {
  std::optional<std::string> config_file = {};
  std::vector<server::ConfigFlag> flags = {};
};

struct DevCommand {
  std::vector<server::ConfigFlag> flags = {};
};

/// Where a running server's backends connect.
struct BackendAddress {
  std::string url = {};
};

struct TokenCommand {
  BackendAddress backend;
  std::string client_id;
  std::optional<std::chrono::minutes> duration = {};
  std::vector<std::string> groups = {};
};

struct SendCommand {
  enum class To : std::uint8_t { client, group, everyone };
  BackendAddress backend;
  To to = To::client;
  /// The client id or the group; empty for everyone.
  std::string name;
  /// "-" for what stands on standard input.
  std::string message;
};

struct CheckCommand {
  enum class Print : std::uint8_t { verdict, defaults, reference };
  std::optional<std::string> config_file = {};
  Print print = Print::verdict;
};

struct VersionCommand {};

/// Nothing to do but to say `text`, which ends its own lines: help that was asked for, or what is wrong.
struct Reply {
  ExitCode code;
  std::string text;
};

using Command = std::variant<ServeCommand, DevCommand, TokenCommand, SendCommand, CheckCommand,
                             VersionCommand, Reply>;

/// Reads the arguments, without the program's own name. TAYORI_URL in the environment stands in for --url.
Command read_command_line(const std::vector<std::string>& arguments);

}  // namespace tayori::cli
