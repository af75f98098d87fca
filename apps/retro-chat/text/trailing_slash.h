// without_trailing_slash: an address to which a path can be added.
//
// Threads: any (plain values).
#pragma once

#include <string_view>

namespace retrochat {

[[nodiscard]] constexpr std::string_view without_trailing_slash(std::string_view address) {
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

}  // namespace retrochat
