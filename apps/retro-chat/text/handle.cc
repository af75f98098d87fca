#include "text/handle.h"

#include <algorithm>

#include "text/limits.h"

namespace retrochat {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool may_stand_in_handle(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string_view without_habits(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
  if (text.starts_with('@')) text.remove_prefix(1);
  return text;
}

}  // namespace

Answer<Handle> Handle::parse(std::string_view text) {
  text = without_habits(text);
  if (text.empty()) return Refusal::handle_missing;
  if (text.size() > limits::kHandleChars) return Refusal::handle_too_long;
  if (!std::ranges::all_of(text, may_stand_in_handle)) return Refusal::handle_letters;
  if (text.starts_with('-')) return Refusal::handle_letters;
  return Handle(text);
}

std::string Handle::folded() const {
  std::string folded = text_;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace retrochat
