#include "generator/answer_reader.h"

#include <strings.h>

#include <charconv>

#include "generator/failure.h"

namespace tayori::bench {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kVersion = "HTTP/1.1 ";
constexpr std::string_view kLength = "content-length:";

/// The number that `text` starts with, after spaces. A Failure when there is none.
std::size_t number_at_start(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) throw Failure("no number in an answer's head");
  return number;
}

/// The Content-Length named in `head`, which ends without an empty line.
std::size_t content_length(std::string_view head) {
  for (auto end = head.find(kLineEnd); end != std::string_view::npos; end = head.find(kLineEnd)) {
    head.remove_prefix(end + kLineEnd.size());
    if (head.size() > kLength.size() &&
        ::strncasecmp(head.data(), kLength.data(), kLength.size()) == 0) {
      return number_at_start(head.substr(kLength.size()));
    }
  }
  throw Failure("an answer without Content-Length");
}

}  // namespace

std::optional<Answer> AnswerReader::take() {
  const auto head_size = unread_.find(kHeadEnd);
  if (head_size == std::string::npos) return std::nullopt;
  const auto head = std::string_view(unread_).substr(0, head_size);
  if (!head.starts_with(kVersion)) throw Failure("not an HTTP/1.1 answer: " + std::string(head));
  const auto body_start = head_size + kHeadEnd.size();
  const auto length = content_length(head);
  if (unread_.size() < body_start + length) return std::nullopt;
  const auto status = static_cast<int>(number_at_start(head.substr(kVersion.size())));
  Answer answer{status, unread_.substr(body_start, length)};
  unread_.erase(0, body_start + length);
  return answer;
}

}  // namespace tayori::bench
