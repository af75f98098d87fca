#include "server/config_environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "server/config_key.h"
#include "server/config_near_miss.h"
#include "server/config_value.h"

namespace tayori::server {

namespace {

constexpr std::string_view kPrefix = "TAYORI_";

// Backends and tools find a server by these; they only look like keys of [public] and [internal].
constexpr std::array<std::string_view, 2> kOfClients{"TAYORI_PUBLIC_URL", "TAYORI_INTERNAL_URL"};

std::string variable_of(std::string_view dotted) {
  std::string text(kPrefix);
  for (const char c : dotted)
    text += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

bool is_of_a_section(std::string_view variable) {
  const auto begins_like = [&](std::string_view section) {
    return variable.starts_with(variable_of(section) + "_");
  };
  const auto to_come = config_keys_to_come();
  return std::ranges::any_of(config_sections(), begins_like, &ConfigSection::name) ||
         std::ranges::any_of(to_come,
                             [&](std::string_view key) { return variable == variable_of(key); });
}

const ConfigKey* key_of(std::string_view variable) {
  const auto keys = config_keys();
  const auto found = std::ranges::find_if(
      keys, [&](const ConfigKey& each) { return each.variable() == variable; });
  return found == keys.end() ? nullptr : &*found;
}

std::string about_unknown(std::string_view variable) {
  for (const std::string_view key : config_keys_to_come()) {
    if (variable == variable_of(key))
      return fmt::format("there is no {} yet: it comes in a later version; take it out for now",
                         key);
  }
  std::vector<std::string> variables;
  for (const ConfigKey& each : config_keys()) variables.push_back(each.variable());
  const auto rest = variable.substr(kPrefix.size());
  for (std::string& each : variables) each.erase(0, kPrefix.size());
  if (const auto meant = near_miss(rest, variables)) {
    return fmt::format("there is no such setting; is {}{} meant?", kPrefix, *meant);
  }
  return "there is no such setting; `tayori check --defaults` shows all of them";
}

std::optional<ConfigProblem> apply_variable(Config& config, const std::string& name,
                                            const std::string& text) {
  const ConfigKey* key = key_of(name);
  if (key == nullptr) return ConfigProblem{name, about_unknown(name)};
  const auto value = value_of_text(*key, text);
  if (!value)
    return ConfigProblem{
        name, fmt::format("expected {}, found {}", expectation(*key), found_text(*key, text))};
  key->set(config, *value);
  return std::nullopt;
}

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view entry = *each;
    const auto equals = entry.find('=');
    if (!entry.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return environment;
}

ConfigProblems apply_environment(Config& config, const Environment& environment) {
  ConfigProblems problems;
  for (const auto& [name, text] : environment) {
    const bool is_of_clients = std::ranges::find(kOfClients, name) != kOfClients.end();
    if (text.empty() || is_of_clients || !is_of_a_section(name)) continue;
    if (auto problem = apply_variable(config, name, text)) problems.push_back(std::move(*problem));
  }
  return problems;
}

}  // namespace tayori::server
