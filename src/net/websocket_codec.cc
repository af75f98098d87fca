#include "net/websocket_codec.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "base/check.h"
#include "base/utf8.h"

namespace tayori::net {
namespace {

constexpr std::uint8_t kFinal = 0x80;
constexpr std::uint8_t kReserved = 0x70;
constexpr std::uint8_t kOpcode = 0x0F;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::size_t kControlBytes = 125;
constexpr std::size_t kCloseCodeBytes = 2;
constexpr std::size_t kMaskBytes = 4;
constexpr std::size_t kHeaderBytesMax = 14;

constexpr std::uint16_t kProtocolError = 1002;
constexpr std::uint16_t kNoCodeGiven = 1005;
constexpr std::uint16_t kInvalidText = 1007;
constexpr std::uint16_t kTooBig = 1009;

constexpr bool is_control(Opcode opcode) { return opcode >= Opcode::close; }

constexpr bool is_known(Opcode opcode) {
  return opcode <= Opcode::binary || (opcode >= Opcode::close && opcode <= Opcode::pong);
}

/// What a peer may send: RFC 6455 section 7.4 and what has been registered since.
constexpr bool is_close_code(std::uint64_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
         (code >= 3000 && code <= 4999);
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

using Mask = std::array<char, kMaskBytes>;

/// `offset`: how many bytes of the frame lie before `bytes`.
void unmask(std::span<char> bytes, const Mask& mask, std::uint64_t offset) {
  std::array<char, 8> pattern;
  for (std::size_t i = 0; i < pattern.size(); ++i) pattern[i] = mask[(offset + i) % kMaskBytes];
  std::uint64_t wide;
  std::memcpy(&wide, pattern.data(), sizeof wide);
  std::size_t i = 0;
  for (; bytes.size() - i >= sizeof wide; i += sizeof wide) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    word ^= wide;
    std::memcpy(bytes.data() + i, &word, sizeof word);
  }
  for (; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(bytes[i] ^ pattern[i % pattern.size()]);
}

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  while (bytes-- > 0) out.push_back(static_cast<char>(value >> (8 * bytes) & 0xFF));
}

}  // namespace

struct WebSocketReader::Violation {
  std::uint16_t close_code;
  std::string_view what;

  static constexpr Violation not_utf8() { return {kInvalidText, "the text is not UTF-8"}; }
};

struct WebSocketReader::Frame {
  std::size_t header_size = 0;  // 0 until the header is complete
  Opcode opcode = Opcode::continuation;
  bool final = false;
  Mask mask{};
  std::uint64_t size = 0;
  std::uint64_t taken = 0;  // how much of the payload has been read

  /// Reads a header from the front of `bytes`, as far as they go. Each rule is checked with the
  /// first byte that can break it, so that the outcome does not depend on how the bytes were cut.
  std::optional<Violation> read_header(std::string_view bytes);
};

std::optional<WebSocketReader::Violation> WebSocketReader::Frame::read_header(
    std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  opcode = static_cast<Opcode>(first & kOpcode);
  final = (first & kFinal) != 0;
  if ((first & kReserved) != 0) return Violation{kProtocolError, "a reserved bit is set"};
  if (!is_known(opcode)) return Violation{kProtocolError, "the opcode is reserved"};
  if (is_control(opcode) && !final)
    return Violation{kProtocolError, "a control frame is fragmented"};

  if (bytes.size() < 2) return std::nullopt;
  const auto second = static_cast<std::uint8_t>(bytes[1]);
  size = second & ~kMasked;
  if ((second & kMasked) == 0) return Violation{kProtocolError, "the frame is not masked"};
  if (is_control(opcode) && size > kControlBytes)
    return Violation{kProtocolError, "a control frame is too long"};

  const std::size_t length_bytes = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (bytes.size() < 2 + length_bytes) return std::nullopt;
  if (length_bytes > 0) {
    size = big_endian(bytes.substr(2, length_bytes));
    if (size <= (length_bytes == 2 ? kControlBytes : 0xFFFF)) {
      return Violation{kProtocolError, "the length is not written in the shortest way"};
    }
    if (size >> 63 != 0) return Violation{kProtocolError, "the length has its highest bit set"};
  }
  if (bytes.size() < 2 + length_bytes + kMaskBytes) return std::nullopt;
  std::memcpy(mask.data(), bytes.data() + 2 + length_bytes, kMaskBytes);
  header_size = 2 + length_bytes + kMaskBytes;
  return std::nullopt;
}

/// What has come of a frame or message that is not complete.
struct WebSocketReader::Partial {
  std::array<char, kHeaderBytesMax> header{};
  std::size_t header_bytes = 0;

  bool in_frame = false;
  Frame frame;          // while in_frame
  std::string control;  // the payload of a control frame

  bool in_message = false;
  Opcode message_opcode = Opcode::text;
  std::size_t fragments = 0;
  std::vector<char> message;
  base::Utf8Stream utf8;

  void begin(const Frame& begun) {
    in_frame = true;
    frame = begun;
    if (is_control(begun.opcode)) return;
    if (begun.opcode != Opcode::continuation) message_opcode = begun.opcode;
    in_message = true;
    ++fragments;
  }

  /// Adds to the message, whose capacity never passes `limit`.
  void append(std::string_view bytes, std::size_t limit) {
    const std::size_t needed = message.size() + bytes.size();
    if (needed > message.capacity())
      message.reserve(std::clamp(message.capacity() * 2, needed, limit));
    message.insert(message.end(), bytes.begin(), bytes.end());
  }
};

WebSocketReader::WebSocketReader(WebSocketLimits limits) : limits_(limits) {}
WebSocketReader::~WebSocketReader() = default;
WebSocketReader::WebSocketReader(WebSocketReader&&) noexcept = default;
WebSocketReader& WebSocketReader::operator=(WebSocketReader&&) noexcept = default;

std::size_t WebSocketReader::held_bytes() const {
  return partial_ ? partial_->header_bytes + partial_->control.size() + partial_->message.size()
                  : 0;
}

WebSocketReader::Partial& WebSocketReader::partial() {
  if (!partial_) partial_ = std::make_unique<Partial>();
  return *partial_;
}

/// Frees what the last event has shown, and everything when nothing is incomplete.
void WebSocketReader::let_go() {
  if (!partial_ || partial_->in_frame) return;
  partial_->control.clear();
  if (ended_ || (!partial_->in_message && partial_->header_bytes == 0)) partial_.reset();
}

std::optional<WebSocketReader::Event> WebSocketReader::next(std::span<char>& input) {
  let_go();
  while (!ended_ && !input.empty()) {
    const auto event = partial_ && partial_->in_frame ? take_payload(input) : read_frame(input);
    if (event) return event;
  }
  input = {};
  return std::nullopt;
}

std::optional<WebSocketReader::Event> WebSocketReader::read_frame(std::span<char>& input) {
  Frame frame;
  auto violation = read_header(input, frame);
  if (!violation && frame.header_size > 0) violation = check_place(frame);
  if (violation) return end(*violation);
  if (frame.header_size == 0) return std::nullopt;
  const bool stands_alone =
      is_control(frame.opcode) || (frame.final && frame.opcode != Opcode::continuation);
  if (stands_alone && frame.size <= input.size()) {
    const auto payload = input.first(static_cast<std::size_t>(frame.size));
    input = input.subspan(payload.size());
    unmask(payload, frame.mask, 0);
    const std::string_view data(payload.data(), payload.size());
    if (is_control(frame.opcode)) return control_event(frame.opcode, data);
    if (frame.opcode == Opcode::text && !base::is_utf8(data)) return end(Violation::not_utf8());
    return message_event(frame.opcode, data);
  }
  partial().begin(frame);
  return take_payload(input);
}

/// The header at the front of `input`, or of what was kept of the input before.
std::optional<WebSocketReader::Violation> WebSocketReader::read_header(std::span<char>& input,
                                                                       Frame& frame) {
  if (!partial_ || partial_->header_bytes == 0) {
    const auto violation =
        frame.read_header({input.data(), std::min(input.size(), kHeaderBytesMax)});
    if (violation) return violation;
    if (frame.header_size > 0) {
      input = input.subspan(frame.header_size);
      return std::nullopt;
    }
  }
  Partial& kept = partial();
  while (frame.header_size == 0 && !input.empty()) {
    kept.header[kept.header_bytes++] = input.front();
    input = input.subspan(1);
    if (const auto violation = frame.read_header({kept.header.data(), kept.header_bytes}))
      return violation;
  }
  if (frame.header_size > 0) kept.header_bytes = 0;
  return std::nullopt;
}

/// Whether a frame of this kind and size may stand here.
std::optional<WebSocketReader::Violation> WebSocketReader::check_place(const Frame& frame) const {
  if (is_control(frame.opcode)) return std::nullopt;
  const bool in_message = partial_ && partial_->in_message;
  if (in_message && frame.opcode != Opcode::continuation) {
    return Violation{kProtocolError, "a message begins inside another"};
  }
  if (!in_message && frame.opcode == Opcode::continuation) {
    return Violation{kProtocolError, "a continuation has nothing to continue"};
  }
  const std::size_t before = in_message ? partial_->message.size() : 0;
  if (frame.size > limits_.message - before) return Violation{kTooBig, "the message is too long"};
  if (in_message && partial_->fragments >= limits_.fragments) {
    return Violation{kTooBig, "the message has too many fragments"};
  }
  return std::nullopt;
}

/// More of the payload of the frame in progress, which began or goes on at the front of `input`.
std::optional<WebSocketReader::Event> WebSocketReader::take_payload(std::span<char>& input) {
  Partial& kept = *partial_;
  Frame& frame = kept.frame;
  const auto payload = input.first(
      static_cast<std::size_t>(std::min<std::uint64_t>(frame.size - frame.taken, input.size())));
  input = input.subspan(payload.size());
  unmask(payload, frame.mask, frame.taken);
  frame.taken += payload.size();
  kept.in_frame = frame.taken < frame.size;
  const std::string_view data(payload.data(), payload.size());
  if (is_control(frame.opcode)) {
    kept.control += data;
    if (kept.in_frame) return std::nullopt;
    return control_event(frame.opcode, kept.control);
  }
  const bool is_text = kept.message_opcode == Opcode::text;
  if (is_text && !kept.utf8.feed(data)) return end(Violation::not_utf8());
  kept.append(data, limits_.message);
  if (kept.in_frame || !frame.final) return std::nullopt;
  if (is_text && !kept.utf8.complete()) return end(Violation::not_utf8());
  kept.in_message = false;
  return message_event(kept.message_opcode, {kept.message.data(), kept.message.size()});
}

WebSocketReader::Event WebSocketReader::message_event(Opcode opcode, std::string_view data) {
  return {opcode == Opcode::text ? Event::Kind::text : Event::Kind::binary, data};
}

WebSocketReader::Event WebSocketReader::control_event(Opcode opcode, std::string_view data) {
  if (opcode == Opcode::ping) return {Event::Kind::ping, data};
  if (opcode == Opcode::pong) return {Event::Kind::pong, data};
  if (data.size() == 1) return end({kProtocolError, "half a close code was given"});
  std::uint64_t code = kNoCodeGiven;
  std::string_view reason;
  if (!data.empty()) {
    code = big_endian(data.substr(0, kCloseCodeBytes));
    reason = data.substr(kCloseCodeBytes);
    if (!is_close_code(code)) return end({kProtocolError, "the close code may not be sent"});
    if (!base::is_utf8(reason)) return end(Violation::not_utf8());
  }
  ended_ = true;
  return {Event::Kind::close, reason, static_cast<std::uint16_t>(code)};
}

WebSocketReader::Event WebSocketReader::end(const Violation& violation) {
  ended_ = true;
  partial_.reset();
  return {Event::Kind::violation, violation.what, violation.close_code};
}

std::size_t frame_header_size(std::uint64_t payload_size) {
  if (payload_size <= 125) return 2;
  return payload_size <= 0xFFFF ? 4 : 10;
}

void append_frame_header(std::string& out, Opcode opcode, std::uint64_t payload_size) {
  out.push_back(static_cast<char>(kFinal | static_cast<std::uint8_t>(opcode)));
  if (payload_size <= 125) {
    out.push_back(static_cast<char>(payload_size));
  } else if (payload_size <= 0xFFFF) {
    out.push_back(126);
    append_big_endian(out, payload_size, 2);
  } else {
    out.push_back(127);
    append_big_endian(out, payload_size, 8);
  }
}

std::string close_frame(std::uint16_t code, std::string_view reason) {
  const std::string_view shown = base::utf8_prefix(reason, kControlBytes - kCloseCodeBytes);
  std::string frame;
  append_frame_header(frame, Opcode::close, kCloseCodeBytes + shown.size());
  append_big_endian(frame, code, kCloseCodeBytes);
  frame += shown;
  return frame;
}

std::string pong_frame(std::string_view data) {
  CHECK(data.size() <= kControlBytes, "the reader refuses longer pings");
  std::string frame;
  append_frame_header(frame, Opcode::pong, data.size());
  frame += data;
  return frame;
}

}  // namespace tayori::net
