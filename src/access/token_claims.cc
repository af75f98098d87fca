#include "access/token_claims.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "tayori/limits.h"

namespace tayori::access {
namespace {

namespace json = boost::json;
using std::chrono::system_clock;

/// NumericDates beyond the year 2255 are refused: the system clock's own type ends in 2262.
constexpr double kDateMax = 9'000'000'000;

Error bad_token(std::string detail) {
  return Error::of(ErrorCode::invalid_token, std::move(detail));
}

/// A NumericDate in whole seconds; nothing when it is absent; an error when it is no date.
Result<std::optional<system_clock::time_point>> date(const json::object& claims,
                                                     std::string_view name) {
  const json::value* const member = claims.if_contains(name);
  if (member == nullptr) return std::optional<system_clock::time_point>();
  json::error_code ec;
  const double seconds = member->is_number() ? member->to_number<double>(ec) : -1.0;
  if (ec || !(seconds >= 0 && seconds <= kDateMax)) {
    return bad_token("The token's " + std::string(name) + " is not a date.");
  }
  const std::chrono::seconds whole(static_cast<std::int64_t>(std::floor(seconds)));
  return std::optional(system_clock::time_point(whole));
}

/// The text of an optional string claim.
Result<std::optional<std::string_view>> text(const json::object& claims, std::string_view name) {
  const json::value* const member = claims.if_contains(name);
  if (member == nullptr) return std::optional<std::string_view>();
  if (!member->is_string())
    return bad_token("The token's " + std::string(name) + " is not a string.");
  return std::optional(std::string_view(member->get_string()));
}

Result<std::vector<GroupName>> groups_of(const json::object& claims) {
  std::vector<GroupName> groups;
  const json::value* const member = claims.if_contains("grp");
  if (member == nullptr) return groups;
  if (!member->is_array() || member->get_array().size() > limits::kGroupsPerClient) {
    return bad_token("The token's grp is not an array of at most 64 group names.");
  }
  groups.reserve(member->get_array().size());
  for (const json::value& name : member->get_array()) {
    if (!name.is_string()) return bad_token("The token's grp holds something else than a string.");
    auto group = GroupName::parse(std::string_view(name.get_string()));
    if (!group) return bad_token("The token's grp: " + group.error().detail);
    groups.push_back(*std::move(group));
  }
  return groups;
}

Result<Policy> policy_of(const json::object& claims) {
  const auto named = text(claims, "pol");
  if (!named) return named.error();
  if (!*named) return Policy::multi;
  const auto known = std::ranges::find(kPolicyWords, **named);
  if (known == kPolicyWords.end()) return bad_token("The token's pol is not a policy.");
  return static_cast<Policy>(known - kPolicyWords.begin());
}

/// When the token was issued and when it expires. One that is not good yet is refused here.
Result<std::pair<system_clock::time_point, system_clock::time_point>> life_of(
    const json::object& claims, system_clock::time_point now) {
  const auto expires = date(claims, "exp");
  if (!expires) return expires.error();
  const auto issued = date(claims, "iat");
  if (!issued) return issued.error();
  const auto not_before = date(claims, "nbf");
  if (!not_before) return not_before.error();
  if (!*expires) return bad_token("The token has no exp.");
  if (*issued && **issued > now + kClockSkew)
    return bad_token("The token's iat lies in the future.");
  if (*not_before && **not_before > now + kClockSkew)
    return bad_token("The token's nbf lies in the future.");
  return std::pair(issued->value_or(system_clock::time_point()), **expires);
}

std::int64_t numeric_date(system_clock::time_point time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

Result<TokenClaims> decode_claims(const json::object& payload, system_clock::time_point now) {
  const auto life = life_of(payload, now);
  if (!life) return life.error();
  const auto subject = text(payload, "sub");
  if (!subject) return subject.error();
  if (!*subject) return bad_token("The token has no sub.");
  auto client_id = ClientId::parse(**subject);
  if (!client_id) return bad_token("The token's sub: " + client_id.error().detail);
  const auto id = text(payload, "jti");
  if (!id) return id.error();
  const auto place = text(payload, "cur");
  if (!place) return place.error();
  std::optional<Cursor> bookmark;
  if (*place) {
    auto cursor = Cursor::parse(**place);
    if (!cursor) return bad_token("The token's cur is not a cursor.");
    bookmark = *std::move(cursor);
  }
  auto groups = groups_of(payload);
  if (!groups) return groups.error();
  const auto policy = policy_of(payload);
  if (!policy) return policy.error();
  return TokenClaims{.client_id = *std::move(client_id),
                     .issued_at = life->first,
                     .expires_at = life->second,
                     .id = std::string(id->value_or("")),
                     .bookmark = std::move(bookmark),
                     .groups = *std::move(groups),
                     .policy = *policy};
}

std::string encode_claims(const TokenClaims& claims) {
  std::string text;
  text.reserve(256);
  text += R"({"sub":)";
  base::append_json_string(text, claims.client_id.text());
  text += R"(,"iat":)" + std::to_string(numeric_date(claims.issued_at));
  text += R"(,"exp":)" + std::to_string(numeric_date(claims.expires_at));
  text += R"(,"jti":)";
  base::append_json_string(text, claims.id);
  if (claims.bookmark) {
    text += R"(,"cur":)";
    base::append_json_string(text, claims.bookmark->text());
  }
  if (!claims.groups.empty()) {
    char before = '[';
    text += R"(,"grp":)";
    for (const GroupName& group : claims.groups) {
      text.push_back(std::exchange(before, ','));
      base::append_json_string(text, group.text());
    }
    text.push_back(']');
  }
  if (claims.policy != Policy::multi)
    text.append(R"(,"pol":")").append(word(claims.policy)).append("\"");
  text.push_back('}');
  return text;
}

}  // namespace tayori::access
