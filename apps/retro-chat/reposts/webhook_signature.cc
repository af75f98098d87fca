#include "reposts/webhook_signature.h"

#include <sodium.h>

#include <array>
#include <cstdint>
#include <span>

namespace retrochat {
namespace {

constexpr std::string_view kPrefix = "whsec_";

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // The zero that libsodium ends it with.
  return text;
}

/// The bytes behind "whsec_"; a secret that is no base64 is taken as it is.
std::string key_of(std::string_view secret) {
  if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
  std::string key(secret.size(), '\0');
  std::size_t size = 0;
  const bool good = sodium_base642bin(reinterpret_cast<std::uint8_t*>(key.data()), key.size(),
                                      secret.data(), secret.size(), nullptr, &size, nullptr,
                                      sodium_base64_VARIANT_ORIGINAL) == 0;
  if (!good) return std::string(secret);
  key.resize(size);
  return key;
}

}  // namespace

std::string new_webhook_secret() {
  std::array<std::uint8_t, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return std::string(kPrefix) + base64(bytes);
}

std::string webhook_signature(std::string_view secret, std::string_view id,
                              std::chrono::sys_seconds at, std::string_view body) {
  const std::string key = key_of(secret);
  std::string content(id);
  content.append(".")
      .append(std::to_string(at.time_since_epoch().count()))
      .append(".")
      .append(body);
  crypto_auth_hmacsha256_state state;
  std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> signature{};
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const std::uint8_t*>(key.data()),
                              key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const std::uint8_t*>(content.data()),
                                content.size());
  crypto_auth_hmacsha256_final(&state, signature.data());
  return "v1," + base64(signature);
}

}  // namespace retrochat
