// Line: one thing said in a room. 1 to 1,000 characters, cleaned (text/clean_text.h).
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

#include "text/answer.h"

namespace retrochat {

class Line {
 public:
  /// not_text, line_blank, line_too_long.
  static Answer<Line> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit Line(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace retrochat
