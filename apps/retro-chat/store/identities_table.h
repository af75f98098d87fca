// IdentitiesTable: which account is whose, for people whom a provider vouches for.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>

#include "store/database.h"
#include "store/rows.h"
#include "text/handle.h"

namespace retrochat {

/// A person as a provider knows them. Two are the same person when both parts are the same, letter by letter.
struct Identity {
  /// The issuer's address, or the provider's id where there is no issuer.
  std::string authority;
  std::string subject;
};

class IdentitiesTable {
 public:
  explicit IdentitiesTable(Database& database) : database_(database) {}

  /// Nothing when they have not been here before.
  Answer<std::optional<Account>> find(const Identity& identity);

  /// Makes an account for somebody new, which is signed in to through that provider alone. handle_taken when the handle,
  /// in any spelling, is somebody's; sign_in_stale when the identity has an account already.
  Answer<Account> add(const Identity& identity, const Handle& handle, TimePoint now);

 private:
  Database& database_;
};

}  // namespace retrochat
