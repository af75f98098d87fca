// Passphrase: the secret that a person proves to be themselves with, while a request lasts.
//
// Never stored and never logged: what is stored is its Argon2id hash (people/passphrase_hash.h). Taken as typed:
// outer spaces and all.
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

#include "text/answer.h"
#include "text/handle.h"

namespace retrochat {

class Passphrase {
 public:
  /// A passphrase chosen anew by the owner of `handle`. not_text, passphrase_too_short, passphrase_too_long,
  /// passphrase_is_handle.
  static Answer<Passphrase> choose(std::string_view text, const Handle& handle);

  /// A room's passphrase, chosen by its owner. not_text, room_passphrase_too_short, passphrase_too_long.
  static Answer<Passphrase> choose_for_room(std::string_view text);

  /// A passphrase as presented at sign-in; rules of choosing do not matter then. passphrase_too_long.
  static Answer<Passphrase> present(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit Passphrase(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace retrochat
