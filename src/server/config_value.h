// Whether a value suits a key, and how values and expectations are put into words.
//
// Threads: any (pure functions).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/config_key.h"

namespace tayori::server {

/// What `key` takes: "a whole number of seconds from 1 to 300".
std::string expectation(const ConfigKey& key);

/// Whether `value` has the type and is within the bounds that `key` asks for.
bool is_accepted(const ConfigKey& key, const ConfigValue& value);

/// `text`, as it stands in a variable or a flag, read as `key` wants it. Nothing when it does not suit.
std::optional<ConfigValue> value_of_text(const ConfigKey& key, std::string_view text);

/// `text` in quotes, or only its length where `key` is a secret: what an error message says was found.
std::string found_text(const ConfigKey& key, std::string_view text);

/// `value` as TOML writes it: 25, "memory", ["*"].
std::string toml_text(const ConfigValue& value);

}  // namespace tayori::server
