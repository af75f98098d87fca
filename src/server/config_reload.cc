#include "server/config_reload.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include "server/config_check.h"
#include "server/config_key.h"

namespace tayori::server {

namespace {

// The routes of backends were made with a key to ask for, or without one.
bool is_bound_to_start(const ConfigKey& key, const Config& running, const Config& read) {
  if (key.effect == Effect::at_start) return true;
  return key.section == "internal" &&
         running.internal.api_key.empty() != read.internal.api_key.empty();
}

bool forgets(const Config& running, const Config& next) {
  const std::string& signing = running.tokens.key;
  return signing != next.tokens.key && signing != next.tokens.previous_key;
}

}  // namespace

ConfigReload reload_config(const Config& running, const ConfigRead& read) {
  if (!read.problems.empty()) return {.config = running, .problems = read.problems};
  ConfigReload reload{.config = running};
  Config next = read.config;
  // Dev mode has made a random one, which is as good as any.
  if (next.tokens.key.empty()) next.tokens.key = running.tokens.key;
  for (const ConfigKey& key : config_keys()) {
    const ConfigValue value = key.get(next);
    if (value == key.get(running)) continue;
    if (is_bound_to_start(key, running, next)) {
      reload.waiting.push_back(key.dotted());
    } else {
      key.set(reload.config, value);
      reload.taken.push_back(key.dotted());
    }
  }
  // What was read is good for itself; so has to be the mixture with what runs: another mode may do without keys.
  if (auto problems = check_config(reload.config); !problems.empty()) {
    return {.config = running, .problems = std::move(problems)};
  }
  reload.forgets_signing_key = forgets(running, reload.config);
  return reload;
}

void tell(const ConfigReload& reload) {
  if (!reload.problems.empty()) {
    spdlog::error("SIGHUP: the configuration is wrong, and the one that runs stays as it is");
    for (const ConfigProblem& each : reload.problems) spdlog::error("  {}", each.text());
    return;
  }
  if (reload.taken.empty()) {
    spdlog::info("SIGHUP: the configuration was read again, and nothing of what can change has");
  } else {
    spdlog::info("SIGHUP: the configuration was read again; these are in force now: {}",
                 fmt::join(reload.taken, ", "));
  }
  if (!reload.waiting.empty()) {
    spdlog::warn("SIGHUP: these have changed and wait for a restart: {}",
                 fmt::join(reload.waiting, ", "));
  }
  if (reload.forgets_signing_key) {
    spdlog::warn(
        "SIGHUP: the tokens made until now are refused from now on, since tokens.previous_key is "
        "not "
        "the key that signed them");
  }
}

}  // namespace tayori::server
