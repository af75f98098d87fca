// LocalPath: an address on this site that a visitor may be sent to.
//
// What comes in a form or query might lead elsewhere ("//elsewhere.example", "/\elsewhere.example"), so only what
// surely stays here is taken; anything else becomes "/".
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

namespace retrochat {

class LocalPath {
 public:
  static LocalPath from(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  /// `text` so that it may stand as a value in a query: letters, digits and "-._~/" stay.
  static std::string escaped_for_query(std::string_view text);

 private:
  explicit LocalPath(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace retrochat
