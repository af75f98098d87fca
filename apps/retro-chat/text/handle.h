// Handle: the name a person goes by, chosen at sign-up.
//
// 1 to 24 of the letters a to z in either case, digits, '_' and '-', not beginning with '-'. It stands in addresses and
// client ids, so it is ASCII. Handles that differ only in case are the same person's; the spelling of the
// sign-up is the one that is shown.
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

#include "text/answer.h"

namespace retrochat {

class Handle {
 public:
  /// `text` as a handle; a leading '@' and outer spaces are taken as habit and dropped. handle_missing,
  /// handle_too_long, handle_letters.
  static Answer<Handle> parse(std::string_view text);

  /// As written by its owner.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// In small letters: what two spellings of one person's handle have in common.
  [[nodiscard]] std::string folded() const;

  friend bool operator==(const Handle&, const Handle&) = default;

 private:
  explicit Handle(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace retrochat
