// What a configuration that was read again means to the server that runs.
//
// Keys of Effect::at_reload count at once, changes of the others wait for a restart, and with a problem nothing changes.
// Which keys are asked for at all is decided at the start: a running server is never opened by its file.
//
// Threads: any (pure functions, but for tell).
// Source:  docs/how-to/rotate-keys.md
#pragma once

#include <string>
#include <vector>

#include "server/config.h"
#include "server/config_problem.h"
#include "server/config_read.h"

namespace tayori::server {

struct ConfigReload {
  /// What runs from now on.
  Config config;
  /// Names of the keys ("tokens.key") whose new values count.
  std::vector<std::string> taken = {};
  /// Names of the keys that have changed since the start, and wait.
  std::vector<std::string> waiting = {};
  /// The key that signed tokens until now is neither the current nor the previous one any more.
  bool forgets_signing_key = false;
  /// With problems, `config` is the running one.
  ConfigProblems problems = {};
};

[[nodiscard]] ConfigReload reload_config(const Config& running, const ConfigRead& read);

/// Logs what has come of it. Names keys, never their values.
void tell(const ConfigReload& reload);

}  // namespace tayori::server
