#include "text/short_text.h"

#include "text/clean_text.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {

Answer<ShortText> ShortText::topic(std::string_view text) {
  return within(limits::kTopicChars, text, Refusal::topic_too_long);
}

Answer<ShortText> ShortText::away_word(std::string_view text) {
  return within(limits::kAwayWordChars, text, Refusal::away_word_too_long);
}

Answer<ShortText> ShortText::within(std::size_t characters, std::string_view text,
                                    Refusal too_long) {
  const auto clean = clean_text(text);
  if (!clean) return clean.refusal();
  if (clean->size() > characters) return too_long;
  return ShortText(encode_utf8(*clean));
}

}  // namespace retrochat
