// Accounts: signing up and signing in with a handle and a passphrase.
//
// Attempts are counted before the costly proof, by handle and by the peer's address, so that many at once gain
// nothing; a success is taken back from the count. An unknown handle costs the same proof as a known one, so the
// time of the answer does not tell which handles exist.
//
// Threads: any.
#pragma once

#include <memory>
#include <semaphore>
#include <string>
#include <string_view>

#include "people/passphrase_hash.h"
#include "people/rate.h"
#include "store/accounts_table.h"
#include "store/clock.h"
#include "text/limits.h"

namespace retrochat {

class Accounts {
 public:
  /// trouble when there is no memory for a proof.
  static Answer<std::unique_ptr<Accounts>> make(AccountsTable& table, PassphraseCost cost,
                                                Clock clock);

  /// Any refusal of Handle or Passphrase::choose; handle_taken, too_many_sign_ups.
  Answer<Account> sign_up(std::string_view handle, std::string_view passphrase,
                          std::string_view peer);

  /// not_recognised (whatever was wrong), too_many_attempts.
  Answer<Account> sign_in(std::string_view handle, std::string_view passphrase,
                          std::string_view peer);

 private:
  Accounts(AccountsTable& table, PassphraseCost cost, Clock clock, std::string nobodys_hash);
  Answer<std::string> hash_of(const Passphrase& passphrase);
  Answer<Account> prove(const Handle& handle, const Passphrase& passphrase);

  AccountsTable& table_;
  const PassphraseCost cost_;
  const Clock clock_;
  /// What a proof is made against when there is no such account.
  const std::string nobodys_hash_;
  std::counting_semaphore<limits::kHashesAtOnce> hashing_{limits::kHashesAtOnce};
  Rate sign_ups_{limits::kSignUpsOfPeer, limits::kSignUpWindow};
  Rate attempts_on_handle_{limits::kSignInFailuresOfHandle, limits::kSignInWindow};
  Rate attempts_of_peer_{limits::kSignInFailuresOfPeer, limits::kSignInWindow};
};

}  // namespace retrochat
