#include "rooms/lobby.h"

#include <array>
#include <string_view>

namespace retrochat {
namespace {

constexpr std::string_view kHouse = "retro";
constexpr std::string_view kName = "ひろば / Lobby";
constexpr std::string_view kTopic = "はじめての方もどうぞ / newcomers welcome";
constexpr std::array<std::string_view, 4> kGreetings{
    "れとろ・ちゃっとへようこそ。ここは誰でも入れる「ひろば」です。どうぞごゆっくり。",
    "下の欄に書いて Enter "
    "を押すと、部屋にいる全員の画面に届きます。席を外すときは「離席する」をどうぞ。",
    "Welcome to Retro Chat. This is the lobby, open to everyone. Make yourself at home.",
    "Write in the box below and press Enter: it is on everyone's screen at once. Press \"Step "
    "away\" when you go for tea."};

RoomSettings lobby_settings() {
  RoomSettings settings{*RoomName::parse(kName)};
  settings.topic = *ShortText::topic(kTopic);
  settings.entry = RoomEntry::everyone;
  return settings;
}

/// As stores have it that were made before rooms had an entry condition.
bool is_of_old(const Room& lobby) {
  return lobby.entry == RoomEntry::signed_in && lobby.topic.empty();
}

Answer<Account> house(AccountsTable& accounts, TimePoint now) {
  const auto handle = Handle::parse(kHouse);
  auto found = accounts.find(*handle);
  if (!found) return found.refusal();
  if (*found) return std::move((*found)->account);
  return accounts.add(*handle, "", now);
}

Done greet(EventsTable& events, const Room& room, TimePoint now) {
  const auto say = [&](EventKind kind, std::string_view line) {
    return events.append(room.id, room.owner, kind, std::string(line), now);
  };
  if (const auto entered = say(EventKind::enter, ""); !entered) return entered.refusal();
  for (const std::string_view greeting : kGreetings) {
    if (const auto said = say(EventKind::speak, greeting); !said) return said.refusal();
  }
  if (const auto left = say(EventKind::leave, ""); !left) return left.refusal();
  return done();
}

}  // namespace

Done open_lobby(AccountsTable& accounts, RoomsTable& rooms, EventsTable& events, TimePoint now) {
  const auto owner = house(accounts, now);
  if (!owner) return owner.refusal();
  const auto found = rooms.find(*Handle::parse(kHouse), RoomNumber{1});
  if (found) return is_of_old(*found) ? rooms.alter(found->id, lobby_settings()) : done();
  if (found.refusal() != Refusal::no_such_room) return found.refusal();
  const auto room = rooms.add(*owner, lobby_settings(), now);
  if (!room) return room.refusal();
  return greet(events, *room, now);
}

}  // namespace retrochat
