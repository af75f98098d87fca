// OutgoingPost, send_post: one POST to a service that a stranger named, and what came back.
//
// No redirects, no proxy, no more than limits::kRepostAnswerBytes of an answer, 5 seconds to connect and 20 in all. Unless
// the operator allows it, https only and public addresses only, looked at where the socket is opened: a name
// that changes its address between two look-ups gains nothing.
//
// Threads: any.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace retrochat {

struct OutgoingPost {
  std::string url;
  /// "Name: value".
  std::vector<std::string> fields;
  std::string body;
};

struct PostAnswer {
  /// Why there is no status.
  enum class Failure : std::uint8_t { none, unreachable, timed_out, address_forbidden };
  int status = 0;
  std::string body = {};
  /// What the service asks for, in Retry-After.
  std::optional<std::chrono::seconds> retry_after = {};
  Failure failure = Failure::none;
};

/// How posts get out; given, so that tests need no network. To be given up when a stop is requested.
using SendPost = std::function<PostAnswer(const OutgoingPost&, const std::stop_token&)>;

/// Where posts may go.
enum class Reach : std::uint8_t { public_only, anywhere };

[[nodiscard]] PostAnswer send_post(const OutgoingPost& post, Reach reach,
                                   const std::stop_token& stop);

}  // namespace retrochat
