#include "text/room_name.h"

#include "text/clean_text.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {

Answer<RoomName> RoomName::parse(std::string_view text) {
  const auto clean = clean_text(text);
  if (!clean) return clean.refusal();
  if (clean->empty()) return Refusal::room_name_missing;
  if (clean->size() > limits::kRoomNameChars) return Refusal::room_name_too_long;
  return RoomName(encode_utf8(*clean));
}

}  // namespace retrochat
