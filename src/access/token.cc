#include "access/token.h"

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/json.h"

namespace tayori::access {
namespace {

namespace json = boost::json;
using std::chrono::system_clock;

Error bad_token(std::string detail) {
  return Error::of(ErrorCode::invalid_token, std::move(detail));
}

std::string header_of(const TokenKey& key) {
  return base::base64url_encode(R"({"alg":"HS256","kid":")" + key.kid() + R"(","typ":"JWT"})");
}

std::string_view as_text(const base::Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// The three parts of a compact token, still encoded.
struct Parts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_text;  // header.claims
};

std::optional<Parts> split(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1), token.substr(0, second)};
}

/// The JSON object that a part holds.
Result<json::object> decode_object(std::string_view part, std::string_view what) {
  const auto text = base::base64url_decode(part);
  if (!text) return bad_token("The token's " + std::string(what) + " is not base64url.");
  auto parsed = base::parse_json(*text);
  if (!parsed || !parsed.value->is_object()) {
    return bad_token("The token's " + std::string(what) + " is not a JSON object.");
  }
  return std::move(parsed.value->get_object());
}

/// What a foreign header says about the key: its kid, or "" when it names none.
Result<std::string> kid_of(std::string_view part) {
  const auto header = decode_object(part, "header");
  if (!header) return header.error();
  const auto is = [&](std::string_view name, std::string_view value) {
    const json::value* const member = header->if_contains(name);
    return member != nullptr && member->is_string() &&
           base::equal_ignoring_case(std::string_view(member->get_string()), value);
  };
  const json::value* const algorithm = header->if_contains("alg");
  // Names of algorithms have one spelling (RFC 7515 section 4.1.1), types do not.
  if (algorithm == nullptr || !algorithm->is_string() || algorithm->get_string() != "HS256") {
    return bad_token("The token's algorithm is not the one its key is for.");
  }
  if (header->contains("typ") && !is("typ", "JWT"))
    return bad_token("The token is of another type.");
  if (header->contains("crit"))
    return bad_token("The token asks for an extension that is not known here.");
  const json::value* const kid = header->if_contains("kid");
  if (kid == nullptr) return std::string();
  if (!kid->is_string() || kid->get_string().empty())
    return bad_token("The token's kid is not a name.");
  return std::string(kid->get_string());
}

}  // namespace

Tokens::Tokens(TokenKeys keys)
    : keys_(std::move(keys)),
      header_(header_of(keys_.current())),
      previous_header_(keys_.previous() != nullptr ? header_of(*keys_.previous()) : std::string()) {
}

std::string Tokens::sign(const TokenClaims& claims) const {
  std::string token = header_;
  token.push_back('.');
  base::append_base64url(token, encode_claims(claims));
  const base::Sha256 signature = keys_.current().sign(token);
  token.push_back('.');
  base::append_base64url(token, as_text(signature));
  return token;
}

Outcome Tokens::check_signature(std::string_view header, std::string_view signed_text,
                                std::string_view signature) const {
  const auto given = base::base64url_decode(signature);
  if (!given) return bad_token("The token's signature is not base64url.");
  const auto is_from = [&](const TokenKey* key) {
    return key != nullptr && base::equal_constant_time(as_text(key->sign(signed_text)), *given);
  };
  bool good = false;
  // Our own headers are known by their look, which spares decoding them.
  if (header == header_) {
    good = is_from(&keys_.current());
  } else if (header == previous_header_) {
    good = is_from(keys_.previous());
  } else {
    const auto kid = kid_of(header);
    if (!kid) return kid.error();
    good = kid->empty() ? is_from(&keys_.current()) || is_from(keys_.previous())
                        : is_from(keys_.find(*kid));
  }
  if (!good) return bad_token("The token was not signed with a key of this server.");
  return success();
}

Result<TokenClaims> Tokens::verify(std::string_view token, system_clock::time_point now) const {
  token = base::trim(token);
  if (token.size() > kBytesMax) return bad_token("The token is longer than 16 KiB.");
  const auto parts = split(token);
  if (!parts) return bad_token("A token has three parts, joined by dots.");
  const Outcome checked = check_signature(parts->header, parts->signed_text, parts->signature);
  if (!checked) return checked.error();
  const auto payload = decode_object(parts->claims, "payload");
  if (!payload) return payload.error();
  auto claims = decode_claims(*payload, now);
  if (claims && now >= claims->expires_at) return ErrorCode::token_timed_out;
  return claims;
}

}  // namespace tayori::access
