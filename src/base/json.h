// JSON from outside: one value read strictly and within limits, or where and what is wrong.
//
// Refused are invalid UTF-8, lone surrogate escapes, a key that stands twice in one object, nesting
// beyond the limit, numbers beyond a double, and anything after the value. How deep a
// text nests beyond the limit costs nothing: reading stops at the first bracket too many.
//
// Threads: any.
// Source:  RFC 8259, RFC 7493 (I-JSON)
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tayori::base {

struct JsonLimits {
  /// Arrays and objects within one another.
  std::size_t depth = 16;
  /// Decoded bytes of one string or key.
  std::size_t string_bytes = 4_MiB;
  /// Arrays' elements and objects' members, all together.
  std::size_t values = 100'000;
};

/// What parse_json found: `value`, or else `error` and `offset`.
struct JsonParse {
  std::optional<boost::json::value> value;
  /// For a person; quotes nothing of the text: "a key stands twice in one object (at byte 17)".
  std::string error;
  /// The byte at which reading stopped.
  std::size_t offset = 0;

  explicit operator bool() const { return value.has_value(); }
};

[[nodiscard]] JsonParse parse_json(std::string_view text, const JsonLimits& limits = {});

/// `text` as a JSON string, quoted and escaped. REQUIRES: is_utf8(text).
[[nodiscard]] std::string json_string(std::string_view text);
void append_json_string(std::string& out, std::string_view text);

}  // namespace tayori::base
