#include "text/line.h"

#include "text/clean_text.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {

Answer<Line> Line::parse(std::string_view text) {
  const auto clean = clean_text(text);
  if (!clean) return clean.refusal();
  if (clean->empty()) return Refusal::line_blank;
  if (clean->size() > limits::kLineChars) return Refusal::line_too_long;
  return Line(encode_utf8(*clean));
}

}  // namespace retrochat
