// presence_request: an edge of presence as the POST that tells a backend of it.
//
// Three forms: the two of the old service (a field `from`, to an address that says what has happened), and signed JSON after
// the Standard Webhooks convention.
//
// Threads: any (functions).
// Source:  channel-api.md 4; docs/reference/presence.md; standardwebhooks.com
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/outgoing.h"
#include "tayori/presence.h"

namespace tayori::hub {

enum class PresenceForm : std::uint8_t { urlencoded, multipart, json };

struct PresenceTarget {
  PresenceForm form = PresenceForm::json;
  /// Of the old forms, what the paths of the callbacks are added to; of JSON, the address itself.
  std::string url;
  /// Signs JSON; nothing is signed without one.
  std::string secret;
};

net::OutgoingRequest presence_request(const PresenceTarget& target, const PresenceEdge& edge,
                                      std::chrono::system_clock::time_point now);

/// The bytes of a secret that is written "whsec_" and base64, or as it is.
std::string signing_key(std::string_view secret);

}  // namespace tayori::hub
