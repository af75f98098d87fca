#include "identity/provider_file.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

// Exceptions are caught below, where the one call that throws them stands.
#include <toml++/toml.h>

#include "identity/provider_table.h"
#include "text/limits.h"

namespace retrochat {
namespace {

std::string place_of(const std::filesystem::path& file, const toml::source_position& position) {
  return file.string() + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column) + ": ";
}

void read_root(const toml::table& root, const ProviderSource& source, ProvidersRead& read) {
  std::set<std::string> ids;
  for (const auto& [key, node] : root) {
    const toml::array* rows = key.str() == "provider" ? node.as_array() : nullptr;
    if (rows == nullptr) {
      read.problems.push_back(place_of(source.file, key.source().begin) +
                              "expected [[provider]] and its keys below, found " +
                              std::string(key.str()));
      continue;
    }
    for (const toml::node& row : *rows) {
      const toml::table* table = row.as_table();
      const std::string place = place_of(source.file, row.source().begin);
      if (table == nullptr) {
        read.problems.push_back(place + "expected [[provider]] and its keys below");
        continue;
      }
      Provider provider = read_provider(*table, source, read.problems);
      if (!provider.id.empty() && !ids.insert(provider.id).second)
        read.problems.push_back(place + "id: two providers are called " + provider.id);
      read.providers.push_back(std::move(provider));
    }
  }
  if (read.providers.size() > limits::kProviders)
    read.problems.push_back(source.file.string() + ": expected at most " +
                            std::to_string(limits::kProviders) + " providers, found " +
                            std::to_string(read.providers.size()));
}

}  // namespace

std::string environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? value : "";
}

ProvidersRead parse_providers(std::string_view text, const std::filesystem::path& place,
                              const Environment& environment) {
  ProvidersRead read;
  try {
    const toml::table root = toml::parse(text);
    read_root(root, {place, environment}, read);
  } catch (const toml::parse_error& error) {
    read.problems.push_back(place_of(place, error.source().begin) +
                            std::string(error.description()));
  }
  return read;
}

ProvidersRead read_providers(const std::filesystem::path& file, const Environment& environment) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) return {{}, {file.string() + ": it cannot be read"}};
  return parse_providers(text, file, environment);
}

}  // namespace retrochat
