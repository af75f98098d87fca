// Envelope: one message in its wire form, encoded once and shared by all who receive it.
//
// Also the carrier of the protocol's other frames, which then have no number. Immutable; copying an EnvelopeRef
// copies no bytes.
//
// Threads: any.
// Source:  spec/protocol.md 2
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "tayori/cursor.h"

namespace tayori::session {

class Envelope;
using EnvelopeRef = std::shared_ptr<const Envelope>;

class Envelope {
 public:
  /// "m<SEQ>\n<data>".
  static EnvelopeRef message(Sequence sequence, std::string_view data);
  /// A frame of the protocol, as text.
  static EnvelopeRef frame(std::string_view text);
  /// Bytes that already are a WebSocket frame (a pong, a close).
  static EnvelopeRef raw_websocket(std::string bytes);

  /// 0 for all but messages.
  [[nodiscard]] Sequence sequence() const { return sequence_; }
  /// The whole WebSocket frame, header included.
  [[nodiscard]] const std::string& websocket() const { return bytes_; }
  /// The frame's text, which is what transports other than WebSocket carry.
  [[nodiscard]] std::string_view text() const { return std::string_view(bytes_).substr(text_at_); }
  /// A message's data.
  [[nodiscard]] std::string_view data() const { return std::string_view(bytes_).substr(data_at_); }

  // Public only for std::make_shared; use the functions above.
  Envelope(Sequence sequence, std::string bytes, std::size_t text_at, std::size_t data_at)
      : sequence_(sequence), bytes_(std::move(bytes)), text_at_(text_at), data_at_(data_at) {}

 private:
  Sequence sequence_;
  std::string bytes_;
  std::size_t text_at_;
  std::size_t data_at_;
};

}  // namespace tayori::session
