// Encodings: frames in the form of each transport, made once for all pages of a loop that take a message together.
//
// The log keeps WebSocket's form, which costs nothing here. Of the other forms only the last message is kept: the
// pages that hear it live are handed it one after the other, and what is not being sent takes no memory.
//
// Threads: its loop only.
// Source:  spec/protocol.md 2, 3
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "session/envelope.h"

namespace tayori::session {

/// websocket: RFC 6455 frames. event_stream: server-sent events. json: each frame a JSON string.
enum class WireFormat : std::uint8_t { websocket, event_stream, json };

/// A frame that is no message, as text. `id` as for event_of_frame().
EnvelopeRef encode_frame(WireFormat format, std::string_view text, std::string_view id = {});

class Encodings {
 public:
  /// `epoch` outlives this.
  explicit Encodings(const std::string& epoch) : epoch_(epoch) {}

  /// `message` of the log in `format`.
  EnvelopeRef message(WireFormat format, const EnvelopeRef& message) {
    return format == WireFormat::websocket ? message : converted(format, message);
  }

 private:
  struct Last {
    EnvelopeRef message;
    EnvelopeRef converted;
  };

  EnvelopeRef converted(WireFormat format, const EnvelopeRef& message);

  const std::string& epoch_;
  std::array<Last, 2> last_;  // of event_stream, of json
};

}  // namespace tayori::session
