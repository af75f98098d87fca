#include "generator/websocket_opening.h"

#include <array>

namespace tayori::bench {
namespace {

constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
/// Any but zero, so that the server does unmask.
constexpr std::array<char, 4> kMask{0x37, 0x11, 0x5a, 0x6c};

}  // namespace

std::string upgrade_request(std::uint16_t port) {
  return "GET /_ah/channel/ws HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
         "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
         "13\r\nSec-WebSocket-Key: " +
         std::string(kKey) + "\r\nSec-WebSocket-Protocol: tayori.v1\r\n\r\n";
}

bool is_upgrade_answer(std::string_view head) {
  return head.starts_with("HTTP/1.1 101 ") && head.find(kAccept) != std::string_view::npos;
}

std::string token_frame(std::string_view token) {
  const std::string payload = R"(t{"token":")" + std::string(token) + "\"}";
  std::string frame = "\x81";
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xff);
  }
  frame.append(kMask.data(), kMask.size());
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ kMask[i % kMask.size()]);
  }
  return frame;
}

}  // namespace tayori::bench
