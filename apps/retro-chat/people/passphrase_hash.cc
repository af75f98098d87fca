#include "people/passphrase_hash.h"

#include <sodium.h>

#include <array>

namespace retrochat {

PassphraseCost PassphraseCost::interactive() {
  return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

PassphraseCost PassphraseCost::least() {
  return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

Answer<std::string> hash_passphrase(const Passphrase& passphrase, PassphraseCost cost) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const std::string& text = passphrase.text();
  if (crypto_pwhash_str(hash.data(), text.data(), text.size(), cost.passes, cost.memory_bytes) !=
      0) {
    return Refusal::trouble;
  }
  return std::string(hash.data());
}

bool is_made_of(const std::string& hash, const Passphrase& passphrase) {
  if (hash.empty() || hash.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_verify(hash.c_str(), passphrase.text().data(),
                                  passphrase.text().size()) == 0;
}

}  // namespace retrochat
