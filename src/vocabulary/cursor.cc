#include "tayori/cursor.h"

#include <algorithm>

#include "base/base36.h"

namespace tayori {
namespace {

constexpr std::size_t kEpochMax = 32;

bool is_epoch(std::string_view word) {
  return !word.empty() && word.size() <= kEpochMax && std::ranges::all_of(word, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  });
}

}  // namespace

std::string to_base36(Sequence sequence) {
  std::string text;
  base::append_base36(text, sequence.value);
  return text;
}

Result<Cursor> Cursor::parse(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || !is_epoch(text.substr(0, dash)))
    return ErrorCode::invalid_cursor;
  const auto sequence = base::parse_base36(text.substr(dash + 1));
  if (!sequence) return ErrorCode::invalid_cursor;
  return Cursor{std::string(text.substr(0, dash)), {*sequence}};
}

std::string Cursor::text() const {
  std::string text;
  text.reserve(epoch.size() + 14);
  text = epoch;
  text.push_back('-');
  base::append_base36(text, sequence.value);
  return text;
}

}  // namespace tayori
