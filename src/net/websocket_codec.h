// The WebSocket codec: from a peer's bytes to events, and the frames that a server answers with.
//
// Pure: no sockets, no callbacks. A message that lies whole in the input costs no allocation; one
// that does not is kept inside until it is complete, within the limits, and let go with the next
// call. No extension is negotiated.
//
// Threads: one at a time.
// Source:  RFC 6455 sections 5, 7.4 and 8.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tayori::net {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10
};

struct WebSocketLimits {
  /// Bytes of one message, all its fragments together. Beyond it: violation 1009.
  std::size_t message = 32 * 1024;
  /// Frames of one message. Beyond it: violation 1009.
  std::size_t fragments = 128;
};

class WebSocketReader {
 public:
  struct Event {
    /// `close` and `violation` are the last: what comes after them is swallowed. A violation is
    /// answered with close_frame(close_code) and the end of the connection.
    enum class Kind : std::uint8_t { text, binary, ping, pong, close, violation };
    Kind kind;
    /// The message, the ping's or pong's data, the close's reason, or what was broken (a fixed
    /// sentence). Valid until the next call or until the input's memory is used anew.
    std::string_view data = {};
    /// close: the peer's code, 1005 when it gave none. violation: what to close with: 1002, 1007 or
    /// 1009.
    std::uint16_t close_code = 0;
  };

  WebSocketReader() : WebSocketReader(WebSocketLimits()) {}
  explicit WebSocketReader(WebSocketLimits limits);
  ~WebSocketReader();
  WebSocketReader(WebSocketReader&&) noexcept;
  WebSocketReader& operator=(WebSocketReader&&) noexcept;

  /// The next event. Takes what it has read from the front of `input` and unmasks it in place.
  /// Nothing when more bytes are needed: then all of `input` has been taken. Text is valid UTF-8,
  /// and what no further byte could mend is a violation at once.
  [[nodiscard]] std::optional<Event> next(std::span<char>& input);

  /// Bytes kept of an incomplete frame or message; 0 when idle.
  [[nodiscard]] std::size_t held_bytes() const;

 private:
  struct Frame;
  struct Violation;
  struct Partial;

  std::optional<Event> read_frame(std::span<char>& input);
  std::optional<Violation> read_header(std::span<char>& input, Frame& frame);
  [[nodiscard]] std::optional<Violation> check_place(const Frame& frame) const;
  std::optional<Event> take_payload(std::span<char>& input);
  static Event message_event(Opcode opcode, std::string_view data);
  Event control_event(Opcode opcode, std::string_view data);
  Event end(const Violation& violation);
  Partial& partial();
  void let_go();

  WebSocketLimits limits_;
  std::unique_ptr<Partial> partial_;  // only while a frame or message is incomplete
  bool ended_ = false;
};

/// Bytes of the header of an unmasked frame with `payload_size` bytes: 2, 4 or 10.
[[nodiscard]] std::size_t frame_header_size(std::uint64_t payload_size);

/// Appends the header of an unmasked, final frame.
void append_frame_header(std::string& out, Opcode opcode, std::uint64_t payload_size);

/// A whole close frame. A reason beyond 123 bytes is cut between characters. REQUIRES: `reason` is
/// UTF-8.
[[nodiscard]] std::string close_frame(std::uint16_t code, std::string_view reason = {});

/// The answer to a ping. REQUIRES: at most 125 bytes, as the reader's pings have.
[[nodiscard]] std::string pong_frame(std::string_view data);

/// A ping without data.
inline constexpr std::string_view kPing{"\x89\x00", 2};

}  // namespace tayori::net
