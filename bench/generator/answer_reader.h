// AnswerReader: takes whole HTTP/1.1 answers from a stream of bytes, however they were cut.
//
// Understands answers with a Content-Length, which is all that the measured calls give.
//
// Threads: one.
// Source:  RFC 9112 section 6.3
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tayori::bench {

struct Answer {
  int status = 0;
  std::string body;
};

class AnswerReader {
 public:
  void feed(std::string_view bytes) { unread_ += bytes; }

  /// The next answer, once all of it was fed. A Failure when what was fed is none.
  std::optional<Answer> take();

 private:
  std::string unread_;
};

}  // namespace tayori::bench
