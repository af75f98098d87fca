// named_room(): the room that a request's address names, and where else its pages lead.
//
// Threads: any.
#pragma once

#include "store/rooms_table.h"
#include "tayori/http.h"
#include "web/respond.h"
#include "web/visitor.h"

namespace retrochat {

/// The room of `/rooms/{owner}/{number}...`. no_such_room.
Answer<Room> named_room(const tayori::HttpRequest& request, RoomsTable& table);

/// The room's own page, for a GET of what its forms are sent to: a page shown there is reloaded, or looked at in other colours.
tayori::HttpResponse lead_to_room(const tayori::HttpRequest& request, Reception& reception,
                                  RoomsTable& table, const Respond& respond);

/// Where to sign in, and then go on to `to`.
std::string sign_in_path(const std::string& to);

}  // namespace retrochat
