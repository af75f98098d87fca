#include "generator/frame_reader.h"

#include <algorithm>

namespace tayori::bench {
namespace {

constexpr std::uint8_t kFinalText = 0x81;
constexpr std::uint8_t kFinalClose = 0x88;

}  // namespace

std::size_t FrameReader::head_size() const {
  if (head_read_ < 2) return 2;
  const auto length = head_[1] & 0x7f;
  return length < 126 ? 2 : length == 126 ? 4 : 10;
}

void FrameReader::read_head() {
  const auto size = head_size();
  payload_left_ = 0;
  if (size == 2) {
    payload_left_ = head_[1] & 0x7f;
  } else {
    for (std::size_t i = 2; i < size; ++i) payload_left_ = payload_left_ << 8 | head_[i];
  }
  kind_ = '\0';
}

void FrameReader::count(FrameTally& tally) const {
  if (head_[0] == kFinalClose) ++tally.refusals;
  if (head_[0] != kFinalText) return;
  switch (kind_) {
    case 'm': ++tally.messages; break;
    case 'o': ++tally.opened; break;
    case 'h': break;
    default: ++tally.refusals;
  }
}

void FrameReader::feed(std::string_view bytes, FrameTally& tally) {
  while (!bytes.empty()) {
    if (head_read_ < head_size()) {
      head_[head_read_++] = static_cast<std::uint8_t>(bytes.front());
      bytes.remove_prefix(1);
      if (head_read_ < head_size()) continue;
      read_head();
    } else {
      if (kind_ == '\0') kind_ = bytes.front();
      const auto taken = std::min<std::uint64_t>(payload_left_, bytes.size());
      payload_left_ -= taken;
      bytes.remove_prefix(taken);
    }
    if (payload_left_ > 0) continue;
    count(tally);
    head_read_ = 0;
  }
}

}  // namespace tayori::bench
