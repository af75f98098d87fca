// What a webhook is signed with, after the Standard Webhooks convention.
//
// Threads: any.
// Source:  standardwebhooks.com
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace retrochat {

/// "whsec_" and 32 random bytes in base64.
[[nodiscard]] std::string new_webhook_secret();

/// The value of webhook-signature: "v1," and the HMAC-SHA256 of "ID.SECONDS.BODY" in base64.
[[nodiscard]] std::string webhook_signature(std::string_view secret, std::string_view id,
                                            std::chrono::sys_seconds at, std::string_view body);

}  // namespace retrochat
