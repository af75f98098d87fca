#include "server/config_print.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>
#include <variant>

#include "server/config_key.h"
#include "server/config_value.h"

namespace tayori::server {

namespace {

constexpr std::string_view kTomlHead =
    "# Tayori: every setting at its default. Each may also be given as TAYORI_SECTION_KEY in the "
    "environment, which\n"
    "# counts before this file.\n";

constexpr std::string_view kPageHead = R"(# Configuration

<!-- Printed by `tayori check --reference`. Do not edit. -->

A setting comes from, the first that has it: a flag of `tayori serve`, an environment variable, the file given with
`--config`, its default. The file is TOML; the variable of a key is `TAYORI_SECTION_KEY`. An empty variable counts as not
set. `tayori check` reads the configuration as `tayori serve` would and tells everything that is wrong with it, each with
its line; `tayori check --defaults` prints a complete file to start from.

```toml
[public]
listen = "0.0.0.0:8080"
origins = ["https://example.org"]

[session]
heartbeat_s = 20
```

A key that does not exist is an error, in the file as well as in the environment, so that a slip of the pen is found at
the start. So is a variable that begins like a section (`TAYORI_SESSION_...`) and names no key; other variables are left alone.
Secrets are best kept out of the file that stands in version control: give `TAYORI_INTERNAL_API_KEY` and `TAYORI_TOKENS_KEY`
in the environment, or in a file of the server's own that nobody else may read.

At SIGHUP `tayori serve` reads the file and the environment again and takes what is marked *Read again at SIGHUP* below. What else
has changed is named in the log and waits for a restart. A configuration with a problem changes nothing; the log
tells its place and the reason. Sessions that are open go on either way. The environment of a process cannot be changed from
outside: a key that is to be [rotated without a restart](../how-to/rotate-keys.md) has to stand in the file, and its variable must be
unset.
)";

// "262144" as "256 KiB", so that nobody counts digits; nothing for numbers that are no round size.
std::string size_in_words(std::uint64_t bytes) {
  constexpr std::array<std::pair<std::uint64_t, std::string_view>, 4> kUnits{
      {{std::uint64_t{1} << 40, "TiB"},
       {std::uint64_t{1} << 30, "GiB"},
       {1 << 20, "MiB"},
       {1 << 10, "KiB"}}};
  for (const auto& [size, unit] : kUnits) {
    if (bytes >= size && bytes % size == 0) return fmt::format("{} {}", bytes / size, unit);
  }
  return {};
}

bool is_in_bytes(const ConfigKey& key) {
  const auto* shape = std::get_if<NumberShape>(&key.shape);
  return shape != nullptr && shape->unit == "bytes";
}

std::string default_in_words(const ConfigKey& key) {
  const ConfigValue value = key.get(Config{});
  if (value == ConfigValue(std::string())) return "none";
  const std::string size = is_in_bytes(key) ? size_in_words(std::get<std::uint64_t>(value)) : "";
  return fmt::format("`{}`{}", toml_text(value), size.empty() ? "" : fmt::format(" ({})", size));
}

// Stars would set words in italics, outside of code.
std::string markdown(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '*' || c == '_') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

void append_toml(std::string& out, const ConfigKey& key) {
  const ConfigValue value = key.get(Config{});
  const bool is_unset = value == ConfigValue(std::string());
  out += fmt::format("\n# {}\n# Takes {}.\n{}{} = {}\n", key.meaning, expectation(key),
                     is_unset ? "# " : "", key.name, toml_text(value));
}

void append_rows(std::string& out, const ConfigSection& section) {
  for (const ConfigKey& key : config_keys()) {
    if (key.section != section.name) continue;
    out += fmt::format("| `{}`<br>`{}` | {} | {} | {}{}{} |\n", key.name, key.variable(),
                       default_in_words(key), markdown(expectation(key)), key.meaning,
                       key.secrecy == Secrecy::secret ? " Secret: shown nowhere." : "",
                       key.effect == Effect::at_reload ? " Read again at SIGHUP." : "");
  }
}

}  // namespace

std::string default_toml() {
  std::string out(kTomlHead);
  for (const ConfigSection& section : config_sections()) {
    out += fmt::format("\n# {}\n[{}]\n", section.meaning, section.name);
    for (const ConfigKey& key : config_keys()) {
      if (key.section == section.name) append_toml(out, key);
    }
  }
  return out;
}

std::string config_reference() {
  std::string out(kPageHead);
  for (const ConfigSection& section : config_sections()) {
    out += fmt::format(
        "\n## [{}]\n\n{}\n\n| key, variable | default | takes | meaning |\n|---|---|---|---|\n",
        section.name, section.meaning);
    append_rows(out, section);
  }
  return out;
}

}  // namespace tayori::server
