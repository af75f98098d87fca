// The schema's steps, as embedded from store/migrations/ when the program was built.
//
// Threads: any.
#pragma once

#include <vector>

#include "store/database.h"

namespace retrochat {

/// Ascending by number. A file "0001_first_rooms.sql" is step 1.
[[nodiscard]] std::vector<Migration> schema();

}  // namespace retrochat
