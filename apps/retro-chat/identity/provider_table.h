// One [[provider]] of the provider file as a Provider.
//
// Threads: set up only.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <vector>

#include "identity/provider.h"
#include "identity/provider_file.h"

namespace retrochat {

struct ProviderSource {
  std::filesystem::path file;
  const Environment& environment;
};

/// Adds to `problems` what is wrong with it.
[[nodiscard]] Provider read_provider(const toml::table& table, const ProviderSource& source,
                                     std::vector<std::string>& problems);

}  // namespace retrochat
