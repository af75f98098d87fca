#include "server/config_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

// Exceptions are caught below, where the one call that throws them stands.
#include <toml++/toml.h>

#include "server/config_key.h"
#include "server/config_near_miss.h"
#include "server/config_value.h"

namespace tayori::server {

namespace {

std::string place_of(std::string_view name, const toml::source_position& position) {
  return fmt::format("{}:{}:{}", name, position.line, position.column);
}

std::string found(const ConfigKey& key, const toml::node& node) {
  if (const auto text = node.value_exact<std::string_view>()) return found_text(key, *text);
  if (key.secrecy == Secrecy::secret) return "something else";
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  if (node.is_array()) return "a list";
  if (node.is_table()) return "a table";
  return "a date or time";
}

std::optional<std::vector<std::string>> list_of(const toml::array& array) {
  std::vector<std::string> items;
  for (const toml::node& each : array) {
    const auto text = each.value_exact<std::string>();
    if (!text) return std::nullopt;
    items.push_back(*text);
  }
  return items;
}

std::optional<ConfigValue> value_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>(); number && *number >= 0) {
    return static_cast<std::uint64_t>(*number);
  }
  if (const auto* array = node.as_array()) return list_of(*array);
  return std::nullopt;
}

// What to say of `section`.`name`, which is no key.
std::string about_unknown(std::string_view section, std::string_view name) {
  const std::string dotted = fmt::format("{}.{}", section, name);
  const auto to_come = config_keys_to_come();
  if (std::ranges::find(to_come, dotted) != to_come.end()) {
    return fmt::format("there is no {} yet: it comes in a later version; take it out for now",
                       dotted);
  }
  std::vector<std::string> siblings;
  std::vector<std::string> all;
  for (const ConfigKey& each : config_keys()) {
    if (each.section == section) siblings.emplace_back(each.name);
    if (each.name == name)
      return fmt::format("there is no {}; {} stands in [{}]", dotted, name, each.section);
  }
  if (const auto meant = near_miss(name, siblings))
    return fmt::format("there is no {}; is {} meant?", dotted, *meant);
  return fmt::format("there is no {}; `tayori check --defaults` shows all keys", dotted);
}

std::string about_unknown_section(std::string_view section) {
  std::vector<std::string> sections;
  for (const ConfigSection& each : config_sections()) sections.emplace_back(each.name);
  if (const auto meant = near_miss(section, sections)) {
    return fmt::format("there is no section [{}]; is [{}] meant?", section, *meant);
  }
  return fmt::format("there is no section [{}]; `tayori check --defaults` shows all of them",
                     section);
}

bool is_section(std::string_view name) {
  return std::ranges::any_of(config_sections(),
                             [&](const ConfigSection& each) { return each.name == name; });
}

bool has_keys_to_come(std::string_view section) {
  return std::ranges::any_of(config_keys_to_come(), [&](std::string_view each) {
    return each.substr(0, each.find('.')) == section;
  });
}

class Reader {
 public:
  Reader(Config& config, std::string_view name) : config_(config), name_(name) {}

  void read(const toml::table& root) {
    for (const auto& [section, node] : root) {
      const toml::table* table = node.as_table();
      if (!is_section(section) && !(table != nullptr && has_keys_to_come(section))) {
        add(section.source().begin,
            table != nullptr ? about_unknown_section(section) : about_unsectioned(section));
      } else if (table == nullptr) {
        add(section.source().begin,
            fmt::format("{0} is a section: expected [{0}] and its keys below", section.str()));
      } else {
        read_section(section, *table);
      }
    }
  }

  ConfigProblems problems() && {
    std::ranges::stable_sort(places_, {}, &Place::position);
    ConfigProblems sorted;
    for (Place& each : places_)
      sorted.push_back({place_of(name_, each.position), std::move(each.what)});
    return sorted;
  }

 private:
  struct Place {
    toml::source_position position;
    std::string what;
  };

  void read_section(std::string_view section, const toml::table& table) {
    for (const auto& [name, node] : table) {
      const ConfigKey* key = find_config_key(section, name);
      if (key == nullptr) {
        add(name.source().begin, about_unknown(section, name));
        continue;
      }
      const auto value = value_of(node);
      if (value && is_accepted(*key, *value)) {
        key->set(config_, *value);
      } else {
        add(node.source().begin, fmt::format("{}: expected {}, found {}", key->dotted(),
                                             expectation(*key), found(*key, node)));
      }
    }
  }

  static std::string about_unsectioned(std::string_view name) {
    for (const ConfigKey& each : config_keys()) {
      if (each.name == name)
        return fmt::format("{} stands in no section; it belongs below [{}]", name, each.section);
    }
    return fmt::format("there is no {}; `tayori check --defaults` shows all keys", name);
  }

  void add(const toml::source_position& position, std::string what) {
    places_.push_back({position, std::move(what)});
  }

  Config& config_;
  std::string_view name_;
  std::vector<Place> places_;
};

}  // namespace

ConfigProblems apply_toml(Config& config, std::string_view toml, std::string_view name) {
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return {{place_of(name, error.source().begin), std::string(error.description())}};
  }
  Reader reader(config, name);
  reader.read(root);
  return std::move(reader).problems();
}

}  // namespace tayori::server
