#include "server/config_read.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"
#include "server/config_check.h"
#include "server/config_key.h"
#include "server/config_toml.h"
#include "server/config_value.h"

namespace tayori::server {

namespace {

using namespace base::literals;

// Thousands of times what all keys need; a larger file is another file.
constexpr std::size_t kFileBytes = 256_KiB;

void append(ConfigProblems& problems, ConfigProblems more) {
  for (ConfigProblem& each : more) problems.push_back(std::move(each));
}

ConfigProblems apply_file(Config& config, const std::string& name) {
  errno = 0;
  std::ifstream stream(name, std::ios::binary);
  std::string text(kFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream.is_open() || stream.bad()) {
    return {{name, fmt::format("cannot be read: {}", std::generic_category().message(errno))}};
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kFileBytes)
    return {{name, fmt::format("expected at most {} bytes", kFileBytes)}};
  return apply_toml(config, text, name);
}

ConfigProblems apply_flags(Config& config, const std::vector<ConfigFlag>& flags) {
  ConfigProblems problems;
  for (const ConfigFlag& flag : flags) {
    const ConfigKey* key = find_config_key(flag.section, flag.name);
    CHECK(key != nullptr, "flags are made for keys that exist");
    const auto value = value_of_text(*key, flag.text);
    if (value) {
      key->set(config, *value);
    } else {
      problems.push_back({flag.flag, fmt::format("expected {}, found {}", expectation(*key),
                                                 found_text(*key, flag.text))});
    }
  }
  return problems;
}

}  // namespace

ConfigRead read_config(const ConfigSources& sources) {
  ConfigRead read;
  if (sources.file) append(read.problems, apply_file(read.config, *sources.file));
  append(read.problems, apply_environment(read.config, sources.environment));
  append(read.problems, apply_flags(read.config, sources.flags));
  // What could not be read would only be told of twice.
  if (read.problems.empty()) append(read.problems, check_config(read.config));
  return read;
}

}  // namespace tayori::server
