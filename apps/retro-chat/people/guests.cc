#include "people/guests.h"

#include <array>
#include <utility>

#include "people/reserved_handles.h"

namespace retrochat {
namespace {

/// Letters and digits that are not taken for each other: 30 of them, so six make 729 million handles.
constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLettersOfGuest = 6;
/// Two guests with one handle are rare enough that trying a few times is enough.
constexpr int kTries = 5;

}  // namespace

Guests::Guests(AccountsTable& table, Clock clock, RandomBytes random)
    : table_(table), clock_(std::move(clock)), random_(std::move(random)) {}

Handle Guests::random_handle() const {
  std::array<std::uint8_t, kLettersOfGuest> bytes{};
  random_(bytes);
  std::string text(kGuestPrefix);
  for (const std::uint8_t byte : bytes) text += kLetters[byte % kLetters.size()];
  return *Handle::parse(text);
}

Answer<Account> Guests::welcome(std::string_view peer) {
  const TimePoint now = clock_();
  if (!by_peer_.take(peer, now)) return Refusal::too_many_guests;
  Answer<Account> guest = Refusal::trouble;
  for (int i = 0; i < kTries; ++i) {
    guest = table_.add_guest(random_handle(), now);
    if (guest || guest.refusal() != Refusal::handle_taken) return guest;
  }
  return Refusal::trouble;
}

}  // namespace retrochat
