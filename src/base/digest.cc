#include "base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "base/check.h"

namespace tayori::base {
namespace {

std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

const unsigned char* unsigned_data(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
  Sha256 digest;
  const auto* done =
      SHA256(unsigned_data(bytes), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()));
  CHECK(done != nullptr, "OpenSSL has SHA-256");
  return digest;
}

Sha1 sha1(std::string_view bytes) {
  Sha1 digest;
  const auto* done =
      SHA1(unsigned_data(bytes), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()));
  CHECK(done != nullptr, "OpenSSL has SHA-1");
  return digest;
}

std::string hex(std::span<const std::byte> bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte byte : bytes) {
    text.push_back(kDigits[std::to_integer<unsigned>(byte >> 4)]);
    text.push_back(kDigits[std::to_integer<unsigned>(byte & std::byte{0x0F})]);
  }
  return text;
}

bool equal_constant_time(std::string_view left, std::string_view right) {
  return equal_constant_time(as_bytes(left), as_bytes(right));
}

bool equal_constant_time(std::span<const std::byte> left, std::span<const std::byte> right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace tayori::base
