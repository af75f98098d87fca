#include "session/envelope.h"

#include <utility>

#include "net/websocket_codec.h"

namespace tayori::session {

EnvelopeRef Envelope::message(Sequence sequence, std::string_view data) {
  const std::string number = to_base36(sequence);
  const std::size_t text_size = 1 + number.size() + 1 + data.size();
  std::string bytes;
  bytes.reserve(net::frame_header_size(text_size) + text_size);
  net::append_frame_header(bytes, net::Opcode::text, text_size);
  const std::size_t text_at = bytes.size();
  bytes += 'm';
  bytes += number;
  bytes += '\n';
  const std::size_t data_at = bytes.size();
  bytes += data;
  return std::make_shared<const Envelope>(sequence, std::move(bytes), text_at, data_at);
}

EnvelopeRef Envelope::frame(std::string_view text) {
  std::string bytes;
  bytes.reserve(net::frame_header_size(text.size()) + text.size());
  net::append_frame_header(bytes, net::Opcode::text, text.size());
  const std::size_t text_at = bytes.size();
  bytes += text;
  return std::make_shared<const Envelope>(Sequence{}, std::move(bytes), text_at, text_at);
}

EnvelopeRef Envelope::raw(std::string bytes, Sequence sequence) {
  const std::size_t size = bytes.size();
  return std::make_shared<const Envelope>(sequence, std::move(bytes), size, size);
}

}  // namespace tayori::session
