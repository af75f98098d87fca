// The lobby: the room that a fresh Retro Chat has, so that its first visitor has somewhere to go.
//
// It is room 1 of the house's own account `retro`, to which nobody can sign in; it is open to everyone, guests too, and
// greets in both languages. One that was opened when rooms had no entry condition is opened to everyone.
//
// Threads: set up only.
#pragma once

#include "store/accounts_table.h"
#include "store/events_table.h"
#include "store/rooms_table.h"

namespace retrochat {

/// Makes the lobby unless it is there.
Done open_lobby(AccountsTable& accounts, RoomsTable& rooms, EventsTable& events, TimePoint now);

}  // namespace retrochat
