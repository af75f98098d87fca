#include "tayori/payload.h"

#include <utility>

#include "base/utf8.h"

namespace tayori {

Result<Payload> Payload::parse(std::string text, std::size_t limit) {
  if (text.empty()) return Error::of(ErrorCode::invalid_message, "The message is empty.");
  if (text.size() > limit) {
    return Error::of(ErrorCode::invalid_message,
                     "The message is longer than " + std::to_string(limit) + " bytes.");
  }
  if (!base::is_utf8(text))
    return Error::of(ErrorCode::invalid_message, "The message is not UTF-8.");
  return Payload(std::move(text));
}

}  // namespace tayori
