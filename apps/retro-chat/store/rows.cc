#include "store/rows.h"

#include <algorithm>
#include <array>
#include <utility>

namespace retrochat {
namespace {

constexpr std::array<std::pair<EventKind, std::string_view>, 6> kNames{{{EventKind::enter, "enter"},
                                                                        {EventKind::leave, "leave"},
                                                                        {EventKind::lost, "lost"},
                                                                        {EventKind::speak, "speak"},
                                                                        {EventKind::away, "away"},
                                                                        {EventKind::back, "back"}}};

}  // namespace

std::string_view name(EventKind kind) { return kNames[static_cast<std::size_t>(kind)].second; }

std::optional<EventKind> event_kind_of(std::string_view text) {
  const auto found =
      std::ranges::find(kNames, text, [](const auto& entry) { return entry.second; });
  if (found == kNames.end()) return std::nullopt;
  return found->first;
}

}  // namespace retrochat
