#include "people/accounts.h"

#include <utility>

#include "people/reserved_handles.h"

namespace retrochat {
namespace {

/// Holds one of a semaphore's places while it lives.
class Turn {
 public:
  using Places = std::counting_semaphore<limits::kHashesAtOnce>;
  explicit Turn(Places& places) : places_(places) { places_.acquire(); }
  ~Turn() { places_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Places& places_;
};

}  // namespace

Answer<std::unique_ptr<Accounts>> Accounts::make(AccountsTable& table, PassphraseCost cost,
                                                 Clock clock) {
  const auto passphrase = Passphrase::present("nobody's passphrase");
  auto hash = hash_passphrase(*passphrase, cost);
  if (!hash) return hash.refusal();
  return std::unique_ptr<Accounts>(new Accounts(table, cost, std::move(clock), std::move(*hash)));
}

Accounts::Accounts(AccountsTable& table, PassphraseCost cost, Clock clock, std::string nobodys_hash)
    : table_(table),
      cost_(cost),
      clock_(std::move(clock)),
      nobodys_hash_(std::move(nobodys_hash)) {}

Answer<Account> Accounts::sign_up(std::string_view handle_text, std::string_view passphrase_text,
                                  std::string_view peer) {
  const auto handle = Handle::parse(handle_text);
  if (!handle) return handle.refusal();
  if (is_reserved(*handle)) return Refusal::handle_taken;
  const auto passphrase = Passphrase::choose(passphrase_text, *handle);
  if (!passphrase) return passphrase.refusal();
  if (!sign_ups_.take(peer, clock_())) return Refusal::too_many_sign_ups;
  const auto taken = table_.find(*handle);
  if (!taken) return taken.refusal();
  if (*taken) return Refusal::handle_taken;
  const auto hash = hash_of(*passphrase);
  if (!hash) return hash.refusal();
  return table_.add(*handle, *hash, clock_());
}

Answer<Account> Accounts::sign_in(std::string_view handle_text, std::string_view passphrase_text,
                                  std::string_view peer) {
  const TimePoint now = clock_();
  if (!attempts_of_peer_.take(peer, now)) return Refusal::too_many_attempts;
  const auto handle = Handle::parse(handle_text);
  const auto passphrase = Passphrase::present(passphrase_text);
  if (!handle || !passphrase) return Refusal::not_recognised;
  const std::string key = handle->folded();
  if (!attempts_on_handle_.take(key, now)) return Refusal::too_many_attempts;
  auto account = prove(*handle, *passphrase);
  if (account) {
    attempts_on_handle_.give_back(key);
    attempts_of_peer_.give_back(peer);
  }
  return account;
}

Answer<std::string> Accounts::hash_of(const Passphrase& passphrase) {
  const Turn turn(hashing_);
  return hash_passphrase(passphrase, cost_);
}

Answer<Account> Accounts::prove(const Handle& handle, const Passphrase& passphrase) {
  auto found = table_.find(handle);
  if (!found) return found.refusal();
  const bool may_sign_in = *found && !(*found)->passphrase_hash.empty();
  const std::string& hash = may_sign_in ? (*found)->passphrase_hash : nobodys_hash_;
  const bool proved = [&] {
    const Turn turn(hashing_);
    return is_made_of(hash, passphrase);
  }();
  if (!may_sign_in || !proved) return Refusal::not_recognised;
  return std::move((*found)->account);
}

}  // namespace retrochat
