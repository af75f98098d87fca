#include "base/base64.h"

#include <array>
#include <cstdint>

namespace tayori::base {
namespace {

constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t kNone = 0xFF;

/// The value of each URL-safe digit, kNone for other bytes.
constexpr std::array<std::uint8_t, 256> kUrlValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kUrl.size(); ++i)
    values[static_cast<unsigned char>(kUrl[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void append_digits(std::string& out, std::string_view bytes, std::string_view alphabet) {
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (held += 8; held >= 6; held -= 6) out.push_back(alphabet[bits >> (held - 6) & 0x3F]);
  }
  if (held > 0) out.push_back(alphabet[bits << (6 - held) & 0x3F]);
}

}  // namespace

void append_base64url(std::string& out, std::string_view bytes) {
  out.reserve(out.size() + (bytes.size() * 4 + 2) / 3);
  append_digits(out, bytes, kUrl);
}

std::string base64url_encode(std::string_view bytes) {
  std::string out;
  append_base64url(out, bytes);
  return out;
}

std::string base64url_encode(std::span<const std::byte> bytes) {
  return base64url_encode(as_text(bytes));
}

std::optional<std::string> base64url_decode(std::string_view text) {
  // One digit left over holds too few bits for a byte.
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes(text.size() * 6 / 8, '\0');
  std::size_t written = 0;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char digit : text) {
    const std::uint8_t value = kUrlValues[static_cast<unsigned char>(digit)];
    if (value == kNone) return std::nullopt;
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[written++] = static_cast<char>(bits >> held & 0xFF);
    }
  }
  // Two spellings of one value would let a signature be respelled.
  if ((bits & ((1U << held) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  append_digits(out, bytes, kStandard);
  while (out.size() % 4 != 0) out.push_back('=');
  return out;
}

std::string base64_encode(std::span<const std::byte> bytes) {
  return base64_encode(as_text(bytes));
}

}  // namespace tayori::base
