#include "store/rows.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace retrochat {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 7> kEventKinds{"enter", "leave", "lost", "removed",
                                                      "speak", "away",  "back"};
constexpr std::array<std::string_view, 5> kRoomEntries{"everyone", "signed_in", "listed",
                                                       "passphrase", "closed"};

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name(EventKind kind) { return kEventKinds.at(static_cast<std::size_t>(kind)); }

std::optional<EventKind> event_kind_of(std::string_view name) {
  return named<EventKind>(kEventKinds, name);
}

std::string_view name(RoomEntry entry) { return kRoomEntries.at(static_cast<std::size_t>(entry)); }

std::optional<RoomEntry> room_entry_of(std::string_view name) {
  return named<RoomEntry>(kRoomEntries, name);
}

}  // namespace retrochat
