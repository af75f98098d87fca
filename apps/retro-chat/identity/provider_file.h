// Reads the file that describes the providers.
//
//   [[provider]]
//   id = "x"
//   preset = "x"
//   client_id = "..."
//   client_secret_file = "x.secret"
//
// Threads: set up only.
// Source:  docs/how-to/sign-in-through-others.md
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/provider.h"

namespace retrochat {

/// The value of a variable of the environment, or "".
using Environment = std::function<std::string(const std::string&)>;

/// This process's own.
[[nodiscard]] std::string environment_variable(const std::string& name);

/// What was read, and everything that is wrong with it: "providers.toml:3:9: ...", never with a secret. With problems,
/// `providers` is not to be used.
struct ProvidersRead {
  std::vector<Provider> providers = {};
  std::vector<std::string> problems = {};
};

/// Files that hold secrets are looked for beside `file`.
[[nodiscard]] ProvidersRead read_providers(const std::filesystem::path& file,
                                           const Environment& environment);

/// The same of a text; `place` is how the file is called in problems.
[[nodiscard]] ProvidersRead parse_providers(std::string_view toml,
                                            const std::filesystem::path& place,
                                            const Environment& environment);

}  // namespace retrochat
