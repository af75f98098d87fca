// Newcomer: somebody whom a provider vouches for, and who has yet to choose a handle.
//
// Travels in the browser's own cookie, sealed (people/cookie_key.h).
//
// Threads: any (a plain value).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/local_path.h"

namespace retrochat {

struct Newcomer {
  /// The provider's id.
  std::string provider;
  std::string subject;
  /// Clean text of a handle's length or little more; may be empty.
  std::string screen_name;
  /// Where they were headed.
  LocalPath to;

  [[nodiscard]] std::string text() const;
  /// Nothing when `text` is not what text() gives.
  static std::optional<Newcomer> parse(std::string_view text);
};

/// A screen name as a page may show it: clean, on one line, not overly long; "" when it is not text.
[[nodiscard]] std::string shown_name(std::string_view screen_name);

/// The handle that a screen name could become: of an address the part before '@', of the letters those that may stand in
/// a handle. May be "", reserved or somebody's.
[[nodiscard]] std::string handle_out_of(std::string_view screen_name);

}  // namespace retrochat
