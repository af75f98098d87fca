// The room that a request's address names.
//
// Threads: any.
#pragma once

#include "store/rooms_table.h"
#include "tayori/http.h"

namespace retrochat {

/// The room of `/rooms/{owner}/{number}...`. no_such_room.
Answer<Room> named_room(const tayori::HttpRequest& request, RoomsTable& table);

/// Where to sign in, and then go on to `to`.
std::string sign_in_path(const std::string& to);

}  // namespace retrochat
