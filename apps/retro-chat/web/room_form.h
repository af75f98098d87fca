// The form with which an owner opens or alters a room, as it comes in.
//
//   name        required
//   topic       may be missing
//   entry       one of RoomEntry's names; missing for the one that the room has (signed_in for a new one)
//   passphrase  missing or empty to keep the one that the room has
//   handles     as parse_handle_list takes it
//   reposts     "on"
//
// Threads: any.
#pragma once

#include "pages/pages.h"
#include "rooms/room_keeping.h"
#include "tayori/http.h"

namespace retrochat {

/// What is wished, or the first thing that is wrong with it.
Answer<RoomWishes> read_room_form(const tayori::HttpRequest& request, RoomEntry entry_so_far);

/// What was typed, to be shown again with `refusal`; never the passphrase.
RoomForm shown_again(const tayori::HttpRequest& request, RoomEntry entry_so_far, Refusal refusal);

/// The form as the room is.
RoomForm form_of(const Room& room, const std::vector<std::string>& listed);

}  // namespace retrochat
