#include "rooms/doors.h"

#include <string>

#include "people/passphrase_hash.h"

namespace retrochat {
namespace {

Done as_entry_says(const Room& room, const Account& who, const Standing& standing) {
  switch (room.entry) {
    case RoomEntry::everyone: return done();
    case RoomEntry::signed_in: return who.is_guest ? Done(Refusal::sign_in_first) : done();
    case RoomEntry::listed:
      if (who.is_guest) return Refusal::sign_in_first;
      return standing.listed ? done() : Done(Refusal::not_listed);
    case RoomEntry::passphrase:
      return standing.admitted ? done() : Done(Refusal::room_passphrase_missing);
    case RoomEntry::closed: return Refusal::room_closed;
  }
  return Refusal::room_closed;
}

}  // namespace

Done Doors::may_enter(const Room& room, const std::optional<Account>& who) {
  if (!who) return Refusal::sign_in_first;
  if (who->id == room.owner.id) return done();
  const auto standing = table_.standing(room.id, *who);
  if (!standing) return standing.refusal();
  if (standing->removed) return Refusal::removed_from_room;
  return as_entry_says(room, *who, *standing);
}

Done Doors::knock(const Room& room, const Account& who, std::string_view passphrase_text,
                  std::string_view peer) {
  const auto standing = table_.standing(room.id, who);
  if (!standing) return standing.refusal();
  if (standing->removed) return Refusal::removed_from_room;
  if (room.entry != RoomEntry::passphrase) return done();
  const TimePoint now = clock_();
  const std::string person = std::to_string(who.id.value);
  // Counted before the costly proof; what turns out to be right is taken back.
  if (!by_person_.take(person, now) || !by_peer_.take(peer, now)) return Refusal::too_many_knocks;
  const auto passphrase = Passphrase::present(passphrase_text);
  if (!passphrase) return Refusal::room_passphrase_wrong;
  const auto hash = table_.passphrase_hash(room.id);
  if (!hash) return hash.refusal();
  const bool is_right = [&] {
    const std::lock_guard one_at_a_time(proving_);
    return is_made_of(*hash, *passphrase);
  }();
  if (!is_right) return Refusal::room_passphrase_wrong;
  by_person_.give_back(person);
  by_peer_.give_back(peer);
  return table_.admit(room.id, who.id);
}

}  // namespace retrochat
