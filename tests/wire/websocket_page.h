// WebSocketPage: a page at the other end of a WebSocket, honest or not, down to its bytes.
//
// Threads: one at a time.
// Source:  spec/protocol.md 2
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/http_answer.h"
#include "net/loopback_peer.h"
#include "net/masked_frame.h"
#include "tayori/cursor.h"

namespace tayori::wire {

inline constexpr std::string_view kUpgrade =
    "GET /_ah/channel/ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: tayori.v1\r\n\r\n";

/// A frame of the server.
struct ServerFrame {
  std::uint8_t opcode = 0;
  std::string payload;

  [[nodiscard]] bool is_close() const { return opcode == 8; }
  /// The code of a close frame, 0 for others.
  [[nodiscard]] int close_code() const {
    if (!is_close() || payload.size() < 2) return 0;
    return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
  }
};

/// Takes one whole frame off the front of `bytes`; nothing while it is incomplete. Frames of a server are
/// whole, unmasked, and written in the fewest bytes.
inline std::optional<ServerFrame> take_server_frame(std::string& bytes) {
  const auto byte = [&](std::size_t at) -> std::size_t {
    return static_cast<unsigned char>(bytes[at]);
  };
  if (bytes.size() < 2) return {};
  EXPECT_EQ(byte(0) & 0xf0U, 0x80U) << "not final, or with reserved bits";
  EXPECT_LT(byte(1), 0x80U) << "masked";
  std::size_t size = byte(1);
  const std::size_t header = size == 127 ? 10 : size == 126 ? 4 : 2;
  if (bytes.size() < header) return {};
  if (header > 2) size = 0;
  for (std::size_t i = 2; i < header; ++i) size = size * 256 + byte(i);
  if (bytes.size() < header + size) return {};
  ServerFrame frame{.opcode = static_cast<std::uint8_t>(byte(0) & 0x0fU),
                    .payload = bytes.substr(header, size)};
  bytes.erase(0, header + size);
  return frame;
}

/// A message as a page gets it.
struct Message {
  std::uint64_t sequence = 0;
  std::string data;
};

class WebSocketPage {
 public:
  /// Connects and upgrades; `early` goes in the same packet. Little fits into a small `receive_buffer`.
  explicit WebSocketPage(std::uint16_t port, std::string_view early = {}, int receive_buffer = 0)
      : peer_(port, {}, receive_buffer) {
    EXPECT_TRUE(peer_.send(std::string(kUpgrade) + std::string(early)));
    EXPECT_EQ(await_answer(peer_).status, 101);
  }

  static std::string token_frame(std::string_view token, std::string_view cursor = {}) {
    std::string text = "t{\"token\":\"" + std::string(token) + "\"";
    if (!cursor.empty()) text += ",\"cursor\":\"" + std::string(cursor) + "\"";
    return text + "}";
  }

  /// Shows `token` and waits for the session; what the server said.
  std::string open(std::string_view token, std::string_view cursor = {}) {
    say(token_frame(token, cursor));
    const std::string opened = next_text();
    EXPECT_EQ(opened.substr(0, 1), "o") << opened;
    return opened;
  }

  bool say(std::string_view text) { return peer_.send(net::masked_frame(text)); }
  bool send_bytes(std::string_view bytes) { return peer_.send(bytes); }
  net::LoopbackPeer& peer() { return peer_; }

  /// Waits for the next frame; nothing when the connection has ended.
  std::optional<ServerFrame> next() {
    std::optional<ServerFrame> frame;
    static_cast<void>(peer_.until_or_end([&] {
      if (!frame) frame = take_server_frame(peer_.received());
      return frame.has_value();
    }));
    return frame;
  }
  /// The next frame's text; "close CODE" for a close, "end" for the end.
  std::string next_text() {
    const auto frame = next();
    if (!frame) return "end";
    return frame->is_close() ? "close " + std::to_string(frame->close_code()) : frame->payload;
  }
  /// The next message; heartbeats are passed over. One with the sequence 0 when something else came.
  Message next_message() {
    std::string text = next_text();
    while (text == "h") text = next_text();
    const std::size_t line = text.find('\n');
    if (!text.starts_with('m') || line == std::string::npos) {
      ADD_FAILURE() << "no message, but " << text.substr(0, 200);
      return {};
    }
    const auto cursor = Cursor::parse("x-" + text.substr(1, line - 1));
    EXPECT_TRUE(cursor) << text.substr(0, line);
    return {.sequence = cursor ? cursor->sequence.value : 0, .data = text.substr(line + 1)};
  }
  /// Everything that is said from here to the end, in the words of next_text().
  std::vector<std::string> rest() {
    std::vector<std::string> texts;
    do texts.push_back(next_text());
    while (texts.back() != "end");
    return texts;
  }

 private:
  net::LoopbackPeer peer_;
};

/// How a server says that it ends a page for a reason of the table: its `e` frame, its close code, and the end.
inline std::vector<std::string> ended_for(ErrorCode code) {
  const ErrorFacts& told = facts(code);
  std::string error = "e{\"code\":" + std::to_string(told.http_status) + ",\"description\":\"" +
                      std::string(told.description) +
                      "\",\"reconnect\":" + (told.reconnect ? "true" : "false") + ",\"name\":\"" +
                      std::string(told.name) + "\"}";
  return {std::move(error), "close " + std::to_string(told.close_code), "end"};
}

}  // namespace tayori::wire
