// Caller: one call of a backend, with its attempts, as the JSON object of its answer or the error in its place.
//
// Threads: any.
// Source:  spec/openapi.yaml, RFC 9457 (problem documents)
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/connections.h"
#include "client/post.h"
#include "tayori/client.h"
#include "tayori/result.h"

namespace tayori::client {

class Caller {
 public:
  using Pause = std::function<void(std::chrono::milliseconds)>;

  /// `pause` waits between attempts.
  explicit Caller(ClientOptions options, Pause pause = &sleep);

  /// POSTs `body` to `path`. The answer may take `patience` longer than other calls.
  Result<boost::json::object> call(std::string_view path, const boost::json::object& body,
                                   Repeat repeat, std::chrono::milliseconds patience = {});

  /// For an answer that does not hold what it should.
  [[nodiscard]] Error no_tayori(int status) const;

 private:
  static void sleep(std::chrono::milliseconds time);
  PostEnd try_once(const Post& post);
  [[nodiscard]] Result<boost::json::object> read(const PostEnd& end) const;

  const ClientOptions options_;
  std::string url_;
  std::vector<std::string> fields_;
  const Pause pause_;
  Connections connections_;
};

}  // namespace tayori::client
