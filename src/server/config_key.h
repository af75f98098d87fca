// ConfigKey: one thing an operator may decide: its name, what it takes, what it means, and where it lives in Config.
//
// config_keys() is the one table of them. Reading files and environments, printing the defaults and the reference page
// are all loops over it, so no key is typed twice.
//
// Threads: any (constants).
// Source:  docs/reference/configuration.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/config.h"

namespace tayori::server {

/// A setting between its text and its place in Config: numbers in the key's unit, choices as their word.
using ConfigValue = std::variant<std::uint64_t, std::string, std::vector<std::string>>;

/// A whole number from `min` to `max`; `unit` is "seconds", "bytes" or nothing.
struct NumberShape {
  std::uint64_t min;
  std::uint64_t max;
  std::string_view unit = {};
};
/// One word out of a few.
struct ChoiceShape {
  std::span<const std::string_view> words;
};
/// A text that `fits`; `expected` says which do, for error messages.
struct TextShape {
  bool (*fits)(const std::string&);
  std::string_view expected;
};
/// One or more texts, each of which `fits`; in the environment they are separated by commas.
struct ListShape {
  bool (*fits)(const std::string&);
  std::string_view expected;
};
using ConfigShape = std::variant<NumberShape, ChoiceShape, TextShape, ListShape>;

/// The value of a secret is never shown, not even where it is refused.
enum class Secrecy : std::uint8_t { open, secret };

/// Whether a running server takes a new value, when its configuration is read again (config_reload.h).
enum class Effect : std::uint8_t { at_start, at_reload };

struct ConfigKey {
  std::string_view section;
  std::string_view name;
  ConfigShape shape;
  ConfigValue (*get)(const Config&);
  /// REQUIRES: `value` was accepted for this key (config_value.h).
  void (*set)(Config&, const ConfigValue& value);
  /// A sentence or two for the operator.
  std::string_view meaning;
  Secrecy secrecy = Secrecy::open;
  Effect effect = Effect::at_start;

  /// "session.heartbeat_s"
  [[nodiscard]] std::string dotted() const;
  /// "TAYORI_SESSION_HEARTBEAT_S"
  [[nodiscard]] std::string variable() const;
};

struct ConfigSection {
  std::string_view name;
  std::string_view meaning;
};

/// All keys, section by section, in the order in which they are printed.
std::span<const ConfigKey> config_keys();
std::span<const ConfigSection> config_sections();

/// Keys that the documentation of other versions names, so that they get a better answer than "no such key".
std::span<const std::string_view> config_keys_to_come();

/// Null when there is none.
const ConfigKey* find_config_key(std::string_view section, std::string_view name);

}  // namespace tayori::server
