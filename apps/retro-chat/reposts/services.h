// What each service is sent for a line, and what its answer means.
//
// Threads: any (functions).
// Source:  docs.joinmastodon.org/methods/statuses; docs.x.com/x-api/posts/create-post; standardwebhooks.com
#pragma once

#include "outgoing/web_request.h"
#include "store/reposts_table.h"

namespace retrochat {

/// What the operator decides of the services.
struct ServiceOptions {
  std::string x_api = "https://api.x.com";
  /// The address people type; empty when unknown, and then no post has a link.
  std::string public_url;
};

/// The request for `task`, whose key stays the same however often it is sent.
[[nodiscard]] WebRequest post_for(const RepostTask& task, const std::string& secret,
                                  const ServiceOptions& options, TimePoint now);

/// What becomes of a line after an answer.
struct Verdict {
  enum class Then : std::uint8_t { posted, refused, refused_and_rest, again };
  Then then;
  /// A word of pages/reposting_page.cc, or "http_STATUS".
  std::string reason = {};
  std::string post_id = {};
  std::string url = {};
};
[[nodiscard]] Verdict verdict_of(RepostKind kind, const WebResult& result);

}  // namespace retrochat
