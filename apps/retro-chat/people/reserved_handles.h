// Handles that nobody can choose.
//
// Threads: any (a pure function).
#pragma once

#include "text/handle.h"

namespace retrochat {

/// Whether it would read as part of an address, as the house itself, or as a guest's.
[[nodiscard]] bool is_reserved(const Handle& handle);

}  // namespace retrochat
