#include "text/passphrase.h"

#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {

Answer<Passphrase> Passphrase::choose(std::string_view text, const Handle& handle) {
  if (text.size() > limits::kPassphraseBytes) return Refusal::passphrase_too_long;
  const auto characters = decode_utf8(text);
  if (!characters) return Refusal::not_text;
  if (characters->size() < limits::kPassphraseCharsMin) return Refusal::passphrase_too_short;
  if (text == handle.text() || text == handle.folded()) return Refusal::passphrase_is_handle;
  return Passphrase(text);
}

Answer<Passphrase> Passphrase::choose_for_room(std::string_view text) {
  if (text.size() > limits::kPassphraseBytes) return Refusal::passphrase_too_long;
  const auto characters = decode_utf8(text);
  if (!characters) return Refusal::not_text;
  if (characters->size() < limits::kRoomPassphraseCharsMin)
    return Refusal::room_passphrase_too_short;
  return Passphrase(text);
}

Answer<Passphrase> Passphrase::present(std::string_view text) {
  if (text.size() > limits::kPassphraseBytes) return Refusal::passphrase_too_long;
  return Passphrase(text);
}

}  // namespace retrochat
