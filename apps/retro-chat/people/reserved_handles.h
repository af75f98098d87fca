// Handles that nobody can choose.
//
// Threads: any (a pure function).
#pragma once

#include <string_view>

#include "text/handle.h"

namespace retrochat {

/// What every guest's handle begins with, in small letters.
inline constexpr std::string_view kGuestPrefix = "guest-";

/// Whether it would read as part of an address, as the house itself, or as a guest's.
[[nodiscard]] bool is_reserved(const Handle& handle);

}  // namespace retrochat
