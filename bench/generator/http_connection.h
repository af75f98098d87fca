// HttpConnection: one kept HTTP/1.1 connection of a backend, with requests written ahead of
// answers.
//
// Threads: one.
// Source:  RFC 9112 section 9.3.2
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "generator/answer_reader.h"
#include "generator/file_descriptor.h"

namespace tayori::bench {

/// A POST of `json` to `path` with the bearer `key`.
std::string post_request(std::string_view path, std::string_view key, std::string_view json);

class HttpConnection {
 public:
  explicit HttpConnection(std::uint16_t port);

  /// Writes one or more whole requests at once.
  void write(std::string_view requests);

  /// The bodies of the next `count` answers; a Failure when one is not a 200. Spins while it waits,
  /// so that the server never has to wake the generator.
  std::vector<std::string> take_answers(std::size_t count);

 private:
  /// Feeds what is there to the reader; returns at once when nothing is.
  void receive();

  FileDescriptor socket_;
  AnswerReader reader_;
};

}  // namespace tayori::bench
