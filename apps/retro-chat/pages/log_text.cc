#include "pages/log_text.h"

#include "pages/did_word.h"
#include "pages/times.h"
#include "pages/words.h"

namespace retrochat {
namespace {

std::string place_of(const Room& room, std::string_view between) {
  return room.owner.handle + std::string(between) + std::to_string(room.number.value);
}

void add_heading(std::string& text, std::string_view key, const std::string& value,
                 Language language) {
  text.append("# ").append(word(key, language)).append(": ").append(value).append("\n");
}

}  // namespace

std::string log_text(const Room& room, const std::vector<Event>& events, TimePoint now,
                     Language language) {
  std::string text;
  add_heading(text, "W_TEXT_ROOM", room.name, language);
  add_heading(text, "W_TEXT_PLACE", place_of(room, "/"), language);
  add_heading(text, "W_TEXT_MADE", time_at_offset_of(now, now), language);
  add_heading(text, "W_TEXT_ZONE", utc_offset(now), language);
  text += "\n";
  for (const Event& event : events) {
    const bool spoken = event.kind == EventKind::speak;
    text.append(time_at_offset_of(event.at, now)).append(spoken ? " " : " * ");
    text.append(event.who.handle);
    if (spoken) {
      text.append(": ").append(event.line);
    } else {
      text.append(did_word(event.kind, language));
      if (!event.line.empty()) text.append(" (").append(event.line).append(")");
    }
    text += "\n";
  }
  return text;
}

std::string log_file_name(const Room& room, TimePoint now) {
  return "retro-chat-" + place_of(room, "-") + "-" + time_at_offset_of(now, now).substr(0, 10) +
         ".txt";
}

}  // namespace retrochat
