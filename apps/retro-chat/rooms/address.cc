#include "rooms/address.h"

#include <algorithm>
#include <charconv>

#include "text/limits.h"

namespace retrochat {
namespace {

constexpr std::size_t kNumberDigits = 9;
static_assert(limits::kHandleChars + 1 + kNumberDigits + 1 + limits::kHandleChars <= 64,
              "client ids stay within the old service's 64 bytes");

std::string place_of(const Room& room) {
  return room.owner.handle + "/" + std::to_string(room.number.value);
}

}  // namespace

std::optional<RoomNumber> parse_room_number(std::string_view text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > kNumberDigits || !digits || text.starts_with('0'))
    return std::nullopt;
  RoomNumber number;
  std::from_chars(text.data(), text.data() + text.size(), number.value);
  return number;
}

std::optional<EventNumber> parse_event_number(std::string_view text) {
  EventNumber number;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number.value);
  if (read.ec != std::errc{} || read.ptr != end || number.value <= 0) return std::nullopt;
  return number;
}

std::string path_of(const Room& room) { return "/rooms/" + place_of(room); }

tayori::ClientId client_id_of(const Room& room, const Account& who) {
  return tayori::ClientId::parse(place_of(room) + "/" + who.handle).value();
}

tayori::GroupName group_of(const Room& room) {
  return tayori::GroupName::parse("room/" + place_of(room)).value();
}

std::optional<Whereabout> whereabout_of(const tayori::ClientId& id) {
  const std::string_view text = id.text();
  const std::size_t first = text.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = text.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto owner = Handle::parse(text.substr(0, first));
  const auto number = parse_room_number(text.substr(first + 1, second - first - 1));
  auto who = Handle::parse(text.substr(second + 1));
  if (!owner || !number || !who) return std::nullopt;
  return Whereabout{std::move(*owner), *number, std::move(*who)};
}

}  // namespace retrochat
