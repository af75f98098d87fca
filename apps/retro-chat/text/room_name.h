// RoomName: what a room is called. 1 to 40 characters, cleaned (text/clean_text.h).
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

#include "text/answer.h"

namespace retrochat {

class RoomName {
 public:
  /// not_text, room_name_missing, room_name_too_long.
  static Answer<RoomName> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit RoomName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace retrochat
