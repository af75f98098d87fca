// AccountsTable: the people who signed up.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>

#include "store/database.h"
#include "store/rows.h"
#include "text/handle.h"

namespace retrochat {

struct Credentials {
  Account account;
  /// Empty when nobody can sign in with it.
  std::string passphrase_hash;
};

class AccountsTable {
 public:
  explicit AccountsTable(Database& database) : database_(database) {}

  /// handle_taken when the handle, in any spelling, is somebody's. An empty hash makes an account that nobody can
  /// sign in to.
  Answer<Account> add(const Handle& handle, const std::string& passphrase_hash, TimePoint now);

  /// Somebody without an account, whom a session makes who they are. handle_taken. Looks at some earlier guests, others each
  /// time, and forgets those of more than a day ago whose session is over and who have left no trace in any room.
  Answer<Account> add_guest(const Handle& handle, TimePoint now);

  /// Nothing when nobody goes by that handle, in any spelling.
  Answer<std::optional<Credentials>> find(const Handle& handle);

 private:
  Database& database_;
  AccountId looked_at_;  // Used within Database::transact only.
};

}  // namespace retrochat
