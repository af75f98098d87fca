#include "base/utf8.h"

#include <cstring>

namespace tayori::base {
namespace {

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The first byte that is not ASCII, or `end`.
const char* skip_ascii(const char* at, const char* end) {
  while (end - at >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    if ((word & 0x8080'8080'8080'8080) != 0) break;
    at += 8;
  }
  while (at != end && static_cast<unsigned char>(*at) < 0x80) ++at;
  return at;
}

}  // namespace

bool is_utf8(std::string_view text) {
  Utf8Stream stream;
  return stream.feed(text) && stream.complete();
}

bool has_control_characters(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    // U+0080..U+009F are C2 80..C2 9F.
    if (byte == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0)
      return true;
  }
  return false;
}

std::string_view utf8_prefix(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return utf8;
  while (bytes > 0 && is_continuation(utf8[bytes])) --bytes;
  return utf8.substr(0, bytes);
}

bool Utf8Stream::begin(std::uint8_t lead) {
  lowest_ = 0x80;
  highest_ = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    missing_ = 1;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    missing_ = 2;
    if (lead == 0xE0) lowest_ = 0xA0;   // below: overlong
    if (lead == 0xED) highest_ = 0x9F;  // above: surrogates
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    missing_ = 3;
    if (lead == 0xF0) lowest_ = 0x90;   // below: overlong
    if (lead == 0xF4) highest_ = 0x8F;  // above: beyond U+10FFFF
  } else {
    missing_ = kBroken;
  }
  return missing_ != kBroken;
}

bool Utf8Stream::feed(std::string_view piece) {
  if (missing_ == kBroken) return false;
  const char* at = piece.data();
  const char* const end = at + piece.size();
  while (at != end) {
    if (missing_ == 0) {
      at = skip_ascii(at, end);
      if (at == end) break;
      if (!begin(static_cast<std::uint8_t>(*at++))) return false;
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(*at++);
    if (byte < lowest_ || byte > highest_) {
      missing_ = kBroken;
      return false;
    }
    lowest_ = 0x80;
    highest_ = 0xBF;
    --missing_;
  }
  return true;
}

}  // namespace tayori::base
