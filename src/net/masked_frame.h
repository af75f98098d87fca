// masked_frame: a WebSocket frame as a page sends it, and as no honest page would.
//
// Threads: any.
// Source:  RFC 6455 section 5.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tayori::net {

/// What a frame's first bytes say. The defaults make an honest, final text frame.
struct FrameShape {
  std::uint8_t opcode = 1;
  bool is_final = true;
  std::uint8_t reserved = 0;  // the three bits below FIN, as 0 to 7
  bool is_masked = true;
};

inline std::string masked_frame(std::string_view payload, const FrameShape& shape = {}) {
  std::string frame;
  const auto put = [&frame](std::uint64_t byte) { frame.push_back(static_cast<char>(byte)); };
  put((shape.is_final ? 0x80U : 0U) | (std::uint64_t{shape.reserved} << 4U) | shape.opcode);
  const std::uint64_t mask_bit = shape.is_masked ? 0x80U : 0U;
  const std::uint64_t size = payload.size();
  if (size < 126) {
    put(mask_bit | size);
  } else if (size < 65'536) {
    put(mask_bit | 126U);
    put(size >> 8U);
    put(size);
  } else {
    put(mask_bit | 127U);
    for (int shift = 56; shift >= 0; shift -= 8) put(size >> static_cast<unsigned>(shift));
  }
  constexpr std::string_view kMask = "\x37\xfa\x21\x3d";
  if (shape.is_masked) frame += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    const auto byte = static_cast<unsigned char>(payload[i]);
    const auto key = static_cast<unsigned char>(shape.is_masked ? kMask[i % 4] : '\0');
    put(static_cast<unsigned>(byte) ^ key);
  }
  return frame;
}

/// A frame without payload whose header claims `length` bytes in its 64-bit form.
inline std::string claimed_length_frame(std::uint64_t length) {
  std::string frame{"\x81\xff", 2};
  for (int shift = 56; shift >= 0; shift -= 8)
    frame.push_back(static_cast<char>(length >> static_cast<unsigned>(shift)));
  return frame + "\x01\x02\x03\x04";
}

}  // namespace tayori::net
