// GroupName: the name of a set of client ids that hear the same messages.
//
// 1 to 128 bytes of UTF-8 without control characters. A GroupName is valid because it exists.
//
// Threads: any (a plain value).
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "tayori/result.h"

namespace tayori {

class GroupName {
 public:
  /// `text` as a group name, or invalid_group saying which rule it breaks.
  static Result<GroupName> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  friend auto operator<=>(const GroupName&, const GroupName&) = default;

 private:
  explicit GroupName(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace tayori
