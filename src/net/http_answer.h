// HttpAnswer: an HTTP/1.1 response as the peer of a test reads it.
//
// Reads what the server's own writer is to produce, and nothing laxer: one Content-Length, CRLF, no chunks.
//
// Threads: any (plain values, functions).
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "net/loopback_peer.h"
#include "tayori/http.h"

namespace tayori::net {

struct HttpAnswer {
  int status = 0;
  std::string reason;
  std::vector<HttpField> fields;
  std::string body;
  /// Status line and fields as they came.
  std::string head;

  /// The value of the one field called `name`, "" when there is none, "(twice)" when there are more.
  [[nodiscard]] std::string field(std::string_view name) const {
    std::optional<std::string> found;
    for (const HttpField& each : fields) {
      if (!base::equal_ignoring_case(each.name, name)) continue;
      if (found) return "(twice)";
      found = each.value;
    }
    return found.value_or("");
  }
};

/// Whether the answer is that to HEAD, which states a length and has no body.
enum class Answering { get, head };

/// Takes one whole answer off the front of `bytes`; nothing while it is incomplete.
inline std::optional<HttpAnswer> take_answer(std::string& bytes,
                                             Answering answering = Answering::get) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos || !bytes.starts_with("HTTP/1.1 ") || end < 13) return {};
  HttpAnswer answer;
  answer.head = bytes.substr(0, end + 4);
  std::string_view rest = std::string_view(answer.head).substr(0, end + 2);
  const auto take_line = [&rest] {
    const std::size_t length = rest.find("\r\n");
    const std::string_view line = rest.substr(0, length);
    rest.remove_prefix(length + 2);
    return line;
  };
  const std::string_view status_line = take_line();
  std::from_chars(status_line.data() + 9, status_line.data() + 12, answer.status);
  answer.reason = status_line.substr(13);
  while (!rest.empty()) {
    const std::string_view line = take_line();
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return {};
    answer.fields.push_back(
        {std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
  }
  std::size_t length = 0;
  const std::string stated = answer.field("Content-Length");
  if (answering == Answering::get)
    std::from_chars(stated.data(), stated.data() + stated.size(), length);
  if (bytes.size() < end + 4 + length) return {};
  answer.body = bytes.substr(end + 4, length);
  bytes.erase(0, end + 4 + length);
  return answer;
}

/// Waits for one whole answer; one with status 0 when none comes.
inline HttpAnswer await_answer(LoopbackPeer& peer, Answering answering = Answering::get) {
  std::optional<HttpAnswer> answer;
  static_cast<void>(peer.until_or_end([&] {
    if (!answer) answer = take_answer(peer.received(), answering);
    return answer.has_value();
  }));
  return std::move(answer).value_or(HttpAnswer{});
}

}  // namespace tayori::net
