#include "text/handle_list.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/limits.h"

namespace retrochat {
namespace {

/// `text` with every separator as one space.
std::string with_plain_spaces(std::string_view text) {
  // Ideographic space, ideographic comma, fullwidth comma.
  static constexpr std::array<std::string_view, 3> kWide{"\u3000", "\u3001", "\uff0c"};
  std::string plain(text);
  for (const std::string_view wide : kWide) {
    for (std::size_t at = plain.find(wide); at != std::string::npos; at = plain.find(wide, at))
      plain.replace(at, wide.size(), 1, ' ');
  }
  std::ranges::replace_if(
      plain, [](char c) { return c == '\r' || c == '\n' || c == '\t' || c == ','; }, ' ');
  return plain;
}

}  // namespace

Answer<std::vector<Handle>> parse_handle_list(std::string_view text) {
  const std::string plain = with_plain_spaces(text);
  std::vector<Handle> handles;
  std::size_t end = 0;
  for (std::size_t at = plain.find_first_not_of(' '); at != std::string::npos;
       at = plain.find_first_not_of(' ', end)) {
    end = std::min(plain.find(' ', at), plain.size());
    const auto handle = Handle::parse(std::string_view(plain).substr(at, end - at));
    if (!handle) return handle.refusal();
    const bool known = std::ranges::any_of(
        handles, [&](const Handle& each) { return each.folded() == handle->folded(); });
    if (known) continue;
    if (handles.size() >= limits::kListedPerRoom) return Refusal::too_many_listed;
    handles.push_back(*handle);
  }
  return handles;
}

}  // namespace retrochat
