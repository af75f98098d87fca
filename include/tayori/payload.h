// Payload: the text of one message, carried byte for byte.
//
// 1 to 32,767 bytes of valid UTF-8 (the bound may be raised by configuration). A Payload is valid because it
// exists. Payloads never appear in a log.
//
// Threads: any (a plain value).
// Source:  channel-api.md 1 (MAXIMUM_MESSAGE_LENGTH; an empty message is an InvalidMessageError)
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "tayori/limits.h"
#include "tayori/result.h"

namespace tayori {

class Payload {
 public:
  /// `text` as a payload of at most `limit` bytes, or invalid_message saying which rule it breaks.
  static Result<Payload> parse(std::string text, std::size_t limit = limits::kMessageBytes);

  [[nodiscard]] const std::string& text() const& { return text_; }
  [[nodiscard]] std::string text() && { return std::move(text_); }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  explicit Payload(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace tayori
