// Guests: people who come in without an account, under a handle that the house gives.
//
// A guest is whoever holds the session; when that is over, nobody can be that guest again. Guests own no rooms. Handles
// that begin like a guest's cannot be signed up (people/reserved_handles.h).
//
// Threads: any.
#pragma once

#include <string_view>

#include "people/rate.h"
#include "people/sessions.h"
#include "store/accounts_table.h"
#include "text/limits.h"

namespace retrochat {

class Guests {
 public:
  Guests(AccountsTable& table, Clock clock, RandomBytes random);

  /// A new guest. too_many_guests from one peer.
  Answer<Account> welcome(std::string_view peer);

 private:
  [[nodiscard]] Handle random_handle() const;

  AccountsTable& table_;
  const Clock clock_;
  const RandomBytes random_;
  Rate by_peer_{limits::kGuestsOfPeer, limits::kGuestWindow};
};

}  // namespace retrochat
