#include "people/reserved_handles.h"

#include <algorithm>
#include <array>

namespace retrochat {

bool is_reserved(const Handle& handle) {
  static constexpr std::array<std::string_view, 6> kReserved{"new",    "retro",    "admin",
                                                             "system", "everyone", "me"};
  const std::string folded = handle.folded();
  return folded.starts_with(kGuestPrefix) ||
         std::ranges::find(kReserved, folded) != kReserved.end();
}

}  // namespace retrochat
