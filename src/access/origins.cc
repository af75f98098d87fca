#include "access/origins.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace tayori::access {
namespace {

constexpr bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// An origin's parts, in lower case, without the scheme's default port.
struct Origin {
  std::string scheme;  // "https://"
  std::string host;    // "example.org", "*.example.org", "[::1]"
  std::string port;    // ":8443" or ""
};

bool is_scheme(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::ranges::all_of(
             text, [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

/// Labels of letters, digits, '-' and '_', joined by single dots.
bool is_host_name(std::string_view text) {
  if (text.empty()) return false;
  bool in_label = false;
  for (const char c : text) {
    if (c == '.' && !in_label) return false;
    if (c != '.' && !is_alphanumeric(c) && c != '-' && c != '_') return false;
    in_label = c != '.';
  }
  return in_label;
}

bool is_address(std::string_view text) {
  return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
         text.find_first_not_of("0123456789abcdef:.", 1) == text.size() - 1;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// scheme://host[:port], nothing else; the host may begin with "*." here.
std::optional<Origin> parse_origin(std::string_view text) {
  const std::string lower = base::to_lower(text);
  const std::size_t scheme_end = lower.find("://");
  if (scheme_end == std::string::npos || !is_scheme(std::string_view(lower).substr(0, scheme_end)))
    return std::nullopt;
  Origin origin{lower.substr(0, scheme_end + 3), lower.substr(scheme_end + 3), ""};
  const std::size_t colon = origin.host.rfind(':');
  if (colon != std::string::npos && origin.host.find(']', colon) == std::string::npos) {
    if (!is_port(std::string_view(origin.host).substr(colon + 1))) return std::nullopt;
    origin.port = origin.host.substr(colon);
    origin.host.resize(colon);
  }
  const bool is_default = (origin.scheme == "https://" && origin.port == ":443") ||
                          (origin.scheme == "http://" && origin.port == ":80");
  if (is_default) origin.port.clear();
  std::string_view name = origin.host;
  if (name.starts_with("*.")) name.remove_prefix(2);
  if (!is_host_name(name) && !is_address(origin.host)) return std::nullopt;
  return origin;
}

std::string joined(const Origin& origin) { return origin.scheme + origin.host + origin.port; }

}  // namespace

Result<OriginPolicy> OriginPolicy::of(const std::vector<std::string>& patterns) {
  OriginPolicy policy;
  for (const std::string& pattern : patterns) {
    if (pattern == "*") {
      policy.everyone_ = true;
      continue;
    }
    const auto origin = parse_origin(pattern);
    if (!origin) {
      return Error::of(
          ErrorCode::invalid_request,
          "\"" + pattern +
              "\" is not an origin: write scheme://host[:port], scheme://*.host[:port] or *.");
    }
    if (origin->host.front() == '*') {
      policy.below_.push_back({origin->scheme, origin->host.substr(1) + origin->port});
    } else {
      policy.exact_.push_back(joined(*origin));
    }
  }
  return policy;
}

bool OriginPolicy::allows(std::string_view origin) const {
  if (everyone_) return true;
  const auto parsed = parse_origin(origin);
  if (!parsed || parsed->host.front() == '*') return false;
  const std::string text = joined(*parsed);
  if (std::ranges::find(exact_, text) != exact_.end()) return true;
  // The suffix begins with a dot, so it matches whole labels; parse_origin saw to it that a label
  // precedes it.
  return std::ranges::any_of(below_, [&](const Below& below) {
    return parsed->scheme == below.scheme && (parsed->host + parsed->port).ends_with(below.suffix);
  });
}

}  // namespace tayori::access
