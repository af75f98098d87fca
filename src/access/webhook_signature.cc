#include "access/webhook_signature.h"

#include <algorithm>
#include <span>

#include "base/base64.h"
#include "base/hmac_sha256.h"

namespace tayori::access {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";

}  // namespace

std::vector<std::string> webhook_fields(std::string_view id,
                                        std::chrono::system_clock::time_point now,
                                        std::string_view body, std::string_view secret) {
  const auto seconds =
      std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
  std::vector<std::string> fields{"webhook-id: " + std::string(id),
                                  "webhook-timestamp: " + seconds};
  if (secret.empty()) return fields;
  std::string content(id);
  content.append(".").append(seconds).append(".").append(body);
  const auto signature = base::HmacSha256(signing_key(secret)).sign(content);
  fields.push_back("webhook-signature: v1," + base::base64_encode(std::span(signature)));
  return fields;
}

std::string signing_key(std::string_view secret) {
  if (!secret.starts_with(kSecretPrefix)) return std::string(secret);
  std::string encoded(secret.substr(kSecretPrefix.size()));
  std::ranges::replace(encoded, '+', '-');
  std::ranges::replace(encoded, '/', '_');
  std::erase(encoded, '=');
  return base::base64url_decode(encoded).value_or(std::string(secret));
}

}  // namespace tayori::access
