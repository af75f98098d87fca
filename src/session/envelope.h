// Envelope: one frame in the form of a transport, encoded once and shared by all who receive it.
//
// A message knows its number; the protocol's other frames have none. The log keeps messages in WebSocket's form, from
// which Encodings makes the others. Immutable; copying an EnvelopeRef copies no bytes.
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
  /// "m<SEQ>\n<data>", for WebSocket.
  static EnvelopeRef message(Sequence sequence, std::string_view data);
  /// A frame of the protocol, for WebSocket.
  static EnvelopeRef frame(std::string_view text);
  /// Bytes that are already in the form of some transport; `sequence` is that of a message.
  static EnvelopeRef raw(std::string bytes, Sequence sequence = {});

  /// 0 for all but messages.
  [[nodiscard]] Sequence sequence() const { return sequence_; }
  /// What goes over the wire, WebSocket's header included.
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  /// The text of a frame that is in WebSocket's form.
  [[nodiscard]] std::string_view text() const { return std::string_view(bytes_).substr(text_at_); }
  /// The data of a message that is in WebSocket's form.
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
