#include "rooms/room_keeping.h"

#include <utility>

namespace retrochat {
namespace {

Done is_owner(const Room& room, const Account& who) {
  return room.owner.id == who.id ? done() : Done(Refusal::not_your_room);
}

}  // namespace

RoomKeeping::RoomKeeping(Store store, Rooms& rooms, PassphraseCost cost, Clock clock)
    : accounts_(store.accounts),
      table_(store.rooms),
      doors_(store.doors),
      rooms_(rooms),
      cost_(cost),
      clock_(std::move(clock)) {}

Answer<Room> RoomKeeping::open(const Account& owner, const RoomWishes& wishes) {
  if (owner.is_guest) return Refusal::guests_own_nothing;
  const auto settings = settled(wishes, false);
  if (!settings) return settings.refusal();
  return table_.add(owner, *settings, clock_());
}

Done RoomKeeping::alter(const Room& room, const Account& who, const RoomWishes& wishes) {
  if (const auto owns = is_owner(room, who); !owns) return owns;
  const auto hash = doors_.passphrase_hash(room.id);
  if (!hash) return hash.refusal();
  const auto settings = settled(wishes, !hash->empty());
  if (!settings) return settings.refusal();
  if (const auto altered = table_.alter(room.id, *settings); !altered) return altered;
  const auto handle = Handle::parse(room.owner.handle);
  const auto now = table_.find(*handle, room.number);
  return now ? rooms_.altered(*now) : Done(now.refusal());
}

Done RoomKeeping::erase(const Room& room, const Account& who) {
  if (const auto owns = is_owner(room, who); !owns) return owns;
  const auto inside = rooms_.inside(room);
  if (!inside) return inside.refusal();
  if (const auto erased = table_.erase(room.id); !erased) return erased;
  rooms_.gone(room, *inside);
  return done();
}

Done RoomKeeping::show_out(const Room& room, const Account& who, std::string_view handle) {
  if (const auto owns = is_owner(room, who); !owns) return owns;
  const auto out = person(handle);
  if (!out) return out.refusal();
  if (out->id == room.owner.id) return Refusal::owner_stays;
  // First the door, so that their page does not come in again at once.
  if (const auto shut = doors_.remove(room.id, out->id, clock_()); !shut) return shut;
  return rooms_.show_out(room, *out);
}

Done RoomKeeping::let_in_again(const Room& room, const Account& who, std::string_view handle) {
  if (const auto owns = is_owner(room, who); !owns) return owns;
  const auto back = person(handle);
  return back ? doors_.let_in_again(room.id, back->id) : Done(back.refusal());
}

Answer<RoomKeeping::Books> RoomKeeping::books(const Room& room, const Account& who) {
  if (const auto owns = is_owner(room, who); !owns) return owns.refusal();
  auto inside = rooms_.inside(room);
  if (!inside) return inside.refusal();
  auto removed = doors_.removed(room.id);
  if (!removed) return removed.refusal();
  auto listed = doors_.listed(room.id);
  if (!listed) return listed.refusal();
  return Books{std::move(*inside), std::move(*removed), std::move(*listed)};
}

void RoomKeeping::sweep() {
  // Trouble with the store is told by the store; the rest is still there next time.
  (void)table_.clear_erased();
}

Answer<RoomSettings> RoomKeeping::settled(const RoomWishes& wishes, bool has_passphrase) {
  RoomSettings settings = wishes.settings;
  if (wishes.passphrase) {
    const std::lock_guard one_at_a_time(hashing_);
    auto hash = hash_passphrase(*wishes.passphrase, cost_);
    if (!hash) return hash.refusal();
    settings.passphrase_hash = std::move(*hash);
  } else if (settings.entry == RoomEntry::passphrase && !has_passphrase) {
    return Refusal::room_passphrase_too_short;
  }
  return settings;
}

Answer<Account> RoomKeeping::person(std::string_view handle_text) {
  const auto handle = Handle::parse(handle_text);
  if (!handle) return Refusal::no_such_person;
  auto found = accounts_.find(*handle);
  if (!found) return found.refusal();
  if (!*found) return Refusal::no_such_person;
  return std::move((*found)->account);
}

}  // namespace retrochat
