// FrameReader: finds the frames in what one session received, however the bytes were cut, and
// counts them.
//
// It looks at a frame's length and first character only, so that the generator costs less than the
// server.
//
// Threads: one.
// Source:  RFC 6455 section 5.2; spec/protocol.md 2
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tayori::bench {

/// Frames by what they mean. Heartbeats are read and not counted.
struct FrameTally {
  std::size_t opened = 0;    ///< `o`
  std::size_t messages = 0;  ///< `m`
  std::size_t refusals =
      0;  ///< `e`, `g` and close frames: whatever a measured session must not get
};

class FrameReader {
 public:
  /// Adds to `tally` every frame whose last byte is in `bytes`.
  void feed(std::string_view bytes, FrameTally& tally);

 private:
  /// The head's full size, as far as it is known from its first bytes.
  [[nodiscard]] std::size_t head_size() const;
  void read_head();
  void count(FrameTally& tally) const;

  std::uint64_t payload_left_ = 0;
  std::array<std::uint8_t, 10> head_{};
  std::uint8_t head_read_ = 0;
  char kind_ = '\0';
};

}  // namespace tayori::bench
