// webhook_fields: the fields by which a backend tells that a POST is ours, after the Standard Webhooks convention.
//
// Threads: any (functions).
// Source:  standardwebhooks.com; docs/reference/presence.md, docs/reference/receive.md
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace tayori::access {

/// webhook-id and webhook-timestamp as "name: value"; and webhook-signature over `body`, unless `secret` is empty. `id` is
/// the same for every attempt at one delivery: by it a receiver knows what it has had.
std::vector<std::string> webhook_fields(std::string_view id,
                                        std::chrono::system_clock::time_point now,
                                        std::string_view body, std::string_view secret);

/// The bytes of a secret that is written "whsec_" and base64, or as it is.
std::string signing_key(std::string_view secret);

}  // namespace tayori::access
