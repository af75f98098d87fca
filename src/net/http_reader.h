// HttpReader: bytes in, one HTTP/1.1 request out.
//
// Beast parses; this adds what Beast leaves open: bounds on a whole head, on its fields and on the lines between
// chunks, one Host that may be one, no folded lines, no body whose length could be read in two ways, a path that
// can be decoded. Trailers are dropped. Owns memory only while a request is incomplete.
//
// Threads: one at a time.
// Source:  RFC 9112
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "net/http_limits.h"
#include "tayori/http.h"
#include "tayori/result.h"

namespace tayori::net {

class HttpReader {
 public:
  enum class State { idle, in_head, in_body, complete, failed };

  explicit HttpReader(const HttpLimits& limits);
  ~HttpReader();

  /// Reads from the front of `input`, up to the end of one request at most, and returns how many bytes it is done
  /// with; the rest is to be shown again with what comes behind it. After `complete` or `failed`, release() or
  /// error() is due. What has to be shown again is never more than the head's limit.
  [[nodiscard]] std::size_t take(std::string_view input);

  [[nodiscard]] State state() const { return state_; }
  /// The request; the reader is idle again. REQUIRES: state is complete.
  struct Complete {
    HttpRequest request;
    bool keep_alive;
  };
  [[nodiscard]] Complete release();
  /// What is wrong with the request. REQUIRES: state is failed. Nothing more can be read after it.
  [[nodiscard]] const Error& error() const { return error_; }

  /// True once for a request whose body waits for "100 Continue" (RFC 9110 section 10.1.1).
  [[nodiscard]] bool take_wants_continue();

 private:
  struct Partial;

  void fail(Error error) {
    state_ = State::failed;
    error_ = std::move(error);
  }
  [[nodiscard]] std::size_t take_head(std::string_view input);
  [[nodiscard]] std::size_t take_body(std::string_view input);
  void check_head();
  void read_head();
  void finish();

  const HttpLimits& limits_;
  State state_ = State::idle;
  std::unique_ptr<Partial> partial_;
  Complete complete_;
  Error error_{ErrorCode::invalid_request, {}};
};

}  // namespace tayori::net
