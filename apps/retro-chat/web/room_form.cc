#include "web/room_form.h"

#include "text/handle_list.h"
#include "text/limits.h"

namespace retrochat {
namespace {

/// What somebody typed, unless it is far too long to have been meant.
std::string unless_endless(std::string text, std::size_t characters) {
  constexpr std::size_t kBytesOfCharacter = 4;
  return text.size() <= 2 * kBytesOfCharacter * characters ? std::move(text) : std::string();
}

Answer<RoomEntry> read_entry(const tayori::HttpRequest& request, RoomEntry so_far) {
  const std::string text = request.form_value("entry");
  if (text.empty()) return so_far;
  const auto entry = room_entry_of(text);
  if (!entry) return Refusal::entry_unknown;
  return *entry;
}

bool reposts(const tayori::HttpRequest& request) { return request.form_value("reposts") == "on"; }

}  // namespace

Answer<RoomWishes> read_room_form(const tayori::HttpRequest& request, RoomEntry entry_so_far) {
  const auto name = RoomName::parse(request.form_value("name"));
  if (!name) return name.refusal();
  RoomWishes wishes{{*name}};
  const auto topic = ShortText::topic(request.form_value("topic"));
  if (!topic) return topic.refusal();
  const auto entry = read_entry(request, entry_so_far);
  if (!entry) return entry.refusal();
  auto handles = parse_handle_list(request.form_value("handles"));
  if (!handles) return handles.refusal();
  wishes.settings.topic = *topic;
  wishes.settings.entry = *entry;
  wishes.settings.listed = std::move(*handles);
  wishes.settings.reposts = reposts(request);
  if (const std::string text = request.form_value("passphrase"); !text.empty()) {
    const auto passphrase = Passphrase::choose_for_room(text);
    if (!passphrase) return passphrase.refusal();
    wishes.passphrase = *passphrase;
  }
  return wishes;
}

RoomForm shown_again(const tayori::HttpRequest& request, RoomEntry entry_so_far, Refusal refusal) {
  const auto entry = read_entry(request, entry_so_far);
  return {.name = unless_endless(request.form_value("name"), limits::kRoomNameChars),
          .topic = unless_endless(request.form_value("topic"), limits::kTopicChars),
          .entry = entry ? *entry : entry_so_far,
          .handles = unless_endless(request.form_value("handles"),
                                    limits::kListedPerRoom * limits::kHandleChars),
          .reposts = reposts(request),
          .refusal = refusal};
}

RoomForm form_of(const Room& room, const std::vector<std::string>& listed) {
  std::string handles;
  for (const std::string& handle : listed)
    handles.append(handles.empty() ? "" : ", ").append(handle);
  return {.name = room.name,
          .topic = room.topic,
          .entry = room.entry,
          .handles = std::move(handles),
          .reposts = room.reposts,
          .refusal = {}};
}

}  // namespace retrochat
