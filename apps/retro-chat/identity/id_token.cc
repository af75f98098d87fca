#include "identity/id_token.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "identity/claims.h"
#include "people/base64.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using boost::json::object;

/// One of the three parts that dots separate, decoded; the token has exactly three.
std::optional<object> part(std::string_view token, std::size_t wanted) {
  if (std::ranges::count(token, '.') != 2) return std::nullopt;
  for (; wanted > 0; --wanted) token.remove_prefix(token.find('.') + 1);
  const auto bytes = from_base64url(token.substr(0, token.find('.')));
  return bytes ? json_object(*bytes) : std::nullopt;
}

struct Header {
  TokenAlgorithm algorithm;
  std::string kid;
};

std::variant<Header, IdTokenFault> read_header(std::string_view token) {
  if (token.size() > limits::kIdTokenBytes) return IdTokenFault::malformed;
  const auto header = part(token, 0);
  // "crit" names extensions that must be understood; none is.
  if (!header || header->contains("crit")) return IdTokenFault::malformed;
  const auto algorithm = token_algorithm_of(claim_text(*header, "alg"));
  if (!algorithm) return IdTokenFault::algorithm;
  return Header{*algorithm, claim_text(*header, "kid")};
}

bool is_for(const object& claims, const std::string& client_id) {
  const auto is_me = [&](const boost::json::value& each) {
    return each.is_string() && each.get_string() == client_id;
  };
  const auto* audience = claims.if_contains("aud");
  const auto* party = claims.if_contains("azp");
  if (audience == nullptr || (party != nullptr && !is_me(*party))) return false;
  if (!audience->is_array()) return is_me(*audience);
  const auto& all = audience->get_array();
  return std::ranges::any_of(all, is_me) && (all.size() == 1 || party != nullptr);
}

std::optional<IdTokenFault> wrong_with_times(const object& claims, TimePoint now) {
  const auto seconds = [](auto duration) {
    return std::chrono::duration<double>(duration).count();
  };
  const double at = seconds(now.time_since_epoch());
  const double leeway = seconds(limits::kClockLeeway);
  const auto expires = claim_seconds(claims, "exp");
  const auto issued = claim_seconds(claims, "iat");
  if (!expires || !issued) return IdTokenFault::malformed;
  if (at >= *expires + leeway) return IdTokenFault::expired;
  if (*issued > at + leeway) return IdTokenFault::not_yet;
  if (const auto from = claim_seconds(claims, "nbf"); from && *from > at + leeway)
    return IdTokenFault::not_yet;
  return std::nullopt;
}

std::optional<IdTokenFault> wrong_with(const object& claims, const IdTokenExpected& expected) {
  if (claim_text(claims, "iss") != expected.issuer) return IdTokenFault::issuer;
  if (!is_for(claims, expected.client_id)) return IdTokenFault::audience;
  if (const auto wrong = wrong_with_times(claims, expected.now)) return wrong;
  if (claim_text(claims, "nonce") != expected.nonce) return IdTokenFault::nonce;
  const std::string subject = claim_text(claims, "sub");
  if (subject.empty() || subject.size() > limits::kSubjectBytes) return IdTokenFault::subject;
  return std::nullopt;
}

}  // namespace

std::string_view name(IdTokenFault fault) {
  static constexpr std::array<std::string_view, 10> kNames{
      "malformed", "algorithm", "unknown key",   "signature", "issuer",
      "audience",  "expired",   "not yet valid", "nonce",     "subject"};
  return kNames.at(static_cast<std::size_t>(fault));
}

IdTokenRead read_id_token(std::string_view token, const KeySet& keys,
                          const IdTokenExpected& expected) {
  const auto read = read_header(token);
  if (const auto* fault = std::get_if<IdTokenFault>(&read)) return *fault;
  const auto& header = std::get<Header>(read);
  if (!keys.has_key_for(header.algorithm, header.kid)) return IdTokenFault::unknown_key;
  if (!keys.verify(token, header.algorithm, header.kid)) return IdTokenFault::signature;
  auto claims = part(token, 1);
  if (!claims) return IdTokenFault::malformed;
  if (const auto wrong = wrong_with(*claims, expected)) return *wrong;
  return std::move(*claims);
}

}  // namespace retrochat
