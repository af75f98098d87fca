// post: one POST over a libcurl handle, and how it ended.
//
// The handle is given back as it was, with its connection open where the server lets it.
//
// Threads: any; a handle is used by one call at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "net/curl_handles.h"

namespace tayori::client {

using base::operator""_MiB;

/// A page of history is 1,000 messages at most; more than this is not read.
inline constexpr std::size_t kAnswerBytes = 64_MiB;

/// Whether doing a call twice is like doing it once.
enum class Repeat : std::uint8_t { forbidden, harmless };

struct Post {
  const std::string& url;
  /// "Name: value".
  const std::vector<std::string>& fields;
  const std::string& body;
  /// From the beginning to the end of the answer.
  std::chrono::milliseconds timeout;
  Repeat repeat = Repeat::forbidden;
};

struct PostEnd {
  enum class Kind : std::uint8_t {
    answered,   ///< with `status` and `body`
    no_server,  ///< no connection was made, and nothing has left
    silence,    ///< anything else; what has left may have been done
  };
  Kind kind = Kind::silence;
  int status = 0;
  std::string body = {};
  /// In words, when not answered.
  std::string why = {};
};

PostEnd post(CURL* easy, const Post& post);

}  // namespace tayori::client
