#include "session/encodings.h"

#include <utility>

#include "base/json.h"
#include "session/event_stream.h"

namespace tayori::session {
namespace {

std::string json_string(std::string_view text) {
  std::string json;
  json.reserve(text.size() + text.size() / 8 + 2);
  base::append_json_string(json, text);
  return json;
}

}  // namespace

EnvelopeRef encode_frame(WireFormat format, std::string_view text, std::string_view id) {
  switch (format) {
    case WireFormat::websocket: break;
    case WireFormat::event_stream: return Envelope::raw(event_of_frame(text, id));
    case WireFormat::json: return Envelope::raw(json_string(text));
  }
  return Envelope::frame(text);
}

EnvelopeRef Encodings::converted(WireFormat format, const EnvelopeRef& message) {
  const bool is_event = format == WireFormat::event_stream;
  Last& last = last_.at(is_event ? 0 : 1);
  if (last.message == message) return last.converted;
  std::string bytes = is_event ? event_of_message(epoch_, message->sequence(), message->data())
                               : json_string(message->text());
  last = {.message = message, .converted = Envelope::raw(std::move(bytes), message->sequence())};
  return last.converted;
}

}  // namespace tayori::session
