// Backend: asks a running server what a backend asks, over its internal listener.
//
//   const auto answer = Backend(url, api_key).post("/v1/send_message", {{"client_id", "ann"}, ...});
//   if (!answer.body) return complain(answer.trouble);
//
// No proxy is used, whatever the environment says: the internal listener is near.
//
// Threads: one at a time. post() blocks, for 10 s at most.
// Source:  spec/openapi.yaml, RFC 9457 (problem documents)
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tayori::cli {

struct BackendAnswer {
  std::optional<boost::json::object> body;
  /// Why there is no body, for the user; never holds the key.
  std::string trouble;
};

class Backend {
 public:
  /// `url` is the server's internal address, with or without a '/' at its end. An empty key is not sent.
  Backend(std::string url, std::string api_key);

  /// The key that TAYORI_API_KEY in the environment holds.
  static std::string api_key_of_environment();

  [[nodiscard]] BackendAnswer post(std::string_view path, const boost::json::object& body) const;

 private:
  std::string url_;
  std::string api_key_;
};

}  // namespace tayori::cli
