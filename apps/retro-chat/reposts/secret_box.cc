#include "reposts/secret_box.h"

#include <sodium.h>

namespace retrochat {
namespace {

constexpr std::string_view kPurpose = "retro-chat: secrets of re-posting";
static_assert(crypto_secretbox_KEYBYTES == 32);

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

SecretBox::SecretBox(std::string_view key) {
  if (key.empty()) {
    randombytes_buf(key_.data(), key_.size());
    return;
  }
  std::array<std::uint8_t, crypto_generichash_BYTES_MAX> hashed{};
  crypto_generichash(hashed.data(), hashed.size(), bytes(key), key.size(), nullptr, 0);
  crypto_generichash(key_.data(), key_.size(), bytes(kPurpose), kPurpose.size(), hashed.data(),
                     hashed.size());
}

std::string SecretBox::seal(std::string_view secret) const {
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size(), '\0');
  auto* out = reinterpret_cast<std::uint8_t*>(sealed.data());
  randombytes_buf(out, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, bytes(secret), secret.size(), out,
                        key_.data());
  return sealed;
}

std::optional<std::string> SecretBox::open(std::string_view sealed) const {
  constexpr std::size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < kAround) return std::nullopt;
  std::string secret(sealed.size() - kAround, '\0');
  const bool good = crypto_secretbox_open_easy(reinterpret_cast<std::uint8_t*>(secret.data()),
                                               bytes(sealed) + crypto_secretbox_NONCEBYTES,
                                               sealed.size() - crypto_secretbox_NONCEBYTES,
                                               bytes(sealed), key_.data()) == 0;
  return good ? std::optional(std::move(secret)) : std::nullopt;
}

}  // namespace retrochat
