#include "pages/channel_script.h"

#include <algorithm>

#include "text/trailing_slash.h"

namespace retrochat {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_only(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) {
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<ChannelScript> ChannelScript::of(std::string_view public_url,
                                               std::string_view prefix) {
  public_url = without_trailing_slash(public_url);
  std::size_t host = 0;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (public_url.starts_with(scheme)) host = scheme.size();
  }
  if (host == 0) return std::nullopt;
  const std::size_t slash = std::min(public_url.find('/', host), public_url.size());
  const std::string_view path = public_url.substr(slash);
  if (slash == host || !has_only(public_url.substr(host, slash - host), ".-:[]") ||
      !has_only(path, "/_-.~") || !has_only(prefix, "/_-.~") || !prefix.starts_with('/') ||
      !prefix.ends_with('/'))
    return std::nullopt;
  return ChannelScript{std::string(public_url) + std::string(prefix) + "jsapi",
                       std::string(public_url.substr(0, slash))};
}

}  // namespace retrochat
