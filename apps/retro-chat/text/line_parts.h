// Line parts: what is said in a line, cut into plain text, web addresses and calls to somebody (@handle).
//
// Whoever reads the line sees where an address leads, or it is left as text:
//   - only http and https, the address itself being what is shown;
//   - no name or passphrase in front of the host (https://bank.example@elsewhere.example);
//   - a host of ASCII letters with a dot in it. Names in other scripts look like others and are not linked in their
//     own letters; their "xn--" form is linked and shown as that.
// An address ends before the first character that is not ASCII, as Japanese follows it without a space, and
// before closing punctuation. page/line_parts.ts does the same in the page; both are tested by vectors/line_parts.json.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace retrochat {

struct LinePart {
  enum class Kind : std::uint8_t { text, link, call };
  Kind kind = Kind::text;
  /// A piece of the line; all pieces together are the line.
  std::string_view text;
};

/// REQUIRES: `line` outlives what is returned.
[[nodiscard]] std::vector<LinePart> line_parts(std::string_view line);

/// Whether `line` calls `handle`: as @handle, or as a word of its own. Capital letters make no difference.
[[nodiscard]] bool calls(std::string_view line, std::string_view handle);

}  // namespace retrochat
