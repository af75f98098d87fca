// ChannelScript: where pages take the channel's script from, and whom they may connect to.
//
// Threads: any (a plain value).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retrochat {

struct ChannelScript {
  std::string url = "/_ah/channel/jsapi";
  /// "https://push.example.org" where it is another one than the page's own, else empty.
  std::string origin = {};

  /// The script of a server that pages reach under `public_url`, with its endpoints under `prefix`. Nothing when these are no
  /// plain address and path: they stand in the page and in what it may connect to.
  static std::optional<ChannelScript> of(std::string_view public_url, std::string_view prefix);
  [[nodiscard]] bool is_https() const { return origin.starts_with("https://"); }
};

}  // namespace retrochat
