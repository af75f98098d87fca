#include "session/event_stream.h"

#include "base/check.h"

namespace tayori::session {
namespace {

/// The first line break of `text`, or its end.
struct LineBreak {
  std::size_t at;
  std::size_t size;
  char letter;
};

LineBreak next_break(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos) return {.at = text.size(), .size = 0, .letter = 0};
  if (text[at] == '\n') return {.at = at, .size = 1, .letter = 'n'};
  if (text.substr(at).starts_with("\r\n")) return {.at = at, .size = 2, .letter = 'b'};
  return {.at = at, .size = 1, .letter = 'r'};
}

std::string_view event_name(char kind) {
  switch (kind) {
    case 'o': return "opened";
    case 'g': return "gap";
    case 'e': return "error";
    case 'a': return "ask";
    default: break;
  }
  CHECK(false, "no other frame is an event");
}

}  // namespace

std::string event_of_message(std::string_view epoch, Sequence sequence, std::string_view data) {
  std::string event = "id: ";
  event.append(epoch).append("-").append(to_base36(sequence)).append("\n");
  if (data.find('\r') != std::string_view::npos) {
    event += "breaks: ";
    std::string_view rest = data;
    for (auto end = next_break(rest); end.size > 0; end = next_break(rest)) {
      event += end.letter;
      rest.remove_prefix(end.at + end.size);
    }
    event += '\n';
  }
  for (std::string_view rest = data;;) {
    const LineBreak end = next_break(rest);
    event.append("data: ").append(rest.substr(0, end.at)).append("\n");
    if (end.size == 0) break;
    rest.remove_prefix(end.at + end.size);
  }
  event += '\n';
  return event;
}

std::string event_of_frame(std::string_view text, std::string_view id) {
  if (text == "h") return std::string(kEventStreamComment);
  std::string event = "event: ";
  event.append(event_name(text.front())).append("\n");
  if (!id.empty()) event.append("id: ").append(id).append("\n");
  event.append("data: ").append(text.substr(1)).append("\n\n");
  return event;
}

}  // namespace tayori::session
