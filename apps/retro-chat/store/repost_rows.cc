#include "store/repost_rows.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace retrochat {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 3> kKinds{"webhook", "mastodon", "x"};
constexpr std::array<std::string_view, 4> kStates{"waiting", "posted", "refused", "given_up"};

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name(RepostKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }
std::optional<RepostKind> repost_kind_of(std::string_view name) {
  return named<RepostKind>(kKinds, name);
}

std::string_view name(RepostState state) { return kStates.at(static_cast<std::size_t>(state)); }
std::optional<RepostState> repost_state_of(std::string_view name) {
  return named<RepostState>(kStates, name);
}

}  // namespace retrochat
