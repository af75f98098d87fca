// The configuration in print: the defaults as a TOML file, and the reference page.
//
// Threads: any (pure functions).
#pragma once

#include <string>

namespace tayori::server {

/// A complete tayori.toml with every key at its default, each with what it means and takes. Keys without a default
/// are commented out.
std::string default_toml();

/// docs/reference/configuration.md, whole.
std::string config_reference();

}  // namespace tayori::server
