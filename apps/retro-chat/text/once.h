// Once: the word by which a form that is sent twice is known to be one.
//
// 1 to 64 of the letters a to z in either case, digits, '_' and '-'; made by whoever shows the form.
//
// Threads: any (a plain value).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retrochat {

class Once {
 public:
  /// Nothing when `text` is no such word, the empty one included: the form then counts each time.
  static std::optional<Once> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit Once(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace retrochat
