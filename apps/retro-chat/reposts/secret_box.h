// SecretBox: seals the tokens that owners entrust to the store, so that a copy of the database alone opens no account.
//
// XSalsa20-Poly1305 with a key derived from the one that lies beside the store (tokens.key).
//
// Threads: any.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retrochat {

class SecretBox {
 public:
  /// `key` is any text that is hard to guess; an empty one means a random key that lasts as long as this box.
  explicit SecretBox(std::string_view key);

  [[nodiscard]] std::string seal(std::string_view secret) const;
  /// Nothing when it was sealed with another key, or changed.
  [[nodiscard]] std::optional<std::string> open(std::string_view sealed) const;

 private:
  std::array<std::uint8_t, 32> key_{};
};

}  // namespace retrochat
