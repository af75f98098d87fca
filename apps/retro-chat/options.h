// Options: what the command line says.
//
// Threads: set up only.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "web/client_address.h"

namespace retrochat {

struct Options {
  std::string public_listen = "127.0.0.1:8080";
  /// Empty for none.
  std::string internal_listen;
  /// From TAYORI_INTERNAL_API_KEY only: what stands on a command line can be read by every process.
  std::string internal_api_key;
  std::filesystem::path data;
  /// The address people type, where it is not the one above: behind a proxy.
  std::string public_url;
  /// Whose X-Forwarded-For is believed.
  std::vector<Network> trusted_proxies;
  /// The file that says whom one may sign in through; empty for nobody.
  std::filesystem::path providers;
  bool has_local_accounts = true;
  /// Where posts to X go, as to something that stands in for it; empty for X itself.
  std::string repost_x_api;
  bool repost_to_private = false;
  /// The internal listener of a separate Tayori; empty for the one inside this program.
  std::string tayori_url;
  /// Its key: from the command line, else from TAYORI_API_KEY.
  std::string tayori_key;
  /// Where pages find it; empty for what it says itself.
  std::string tayori_public;
  // Timing; tests shorten it.
  std::chrono::milliseconds poll_every = std::chrono::minutes{15};
  std::chrono::milliseconds renew_after = std::chrono::minutes{90};
  std::chrono::milliseconds leave_after = std::chrono::seconds{10};
};

/// Either options, or the exit code with which the program ends: 0 after --help or --version, else what CLI11 says.
/// Whatever is to be read has been printed.
struct CommandLine {
  std::optional<Options> options;
  int exit_code = 0;
};
[[nodiscard]] CommandLine read_command_line(int argc, const char* const* argv);

}  // namespace retrochat
