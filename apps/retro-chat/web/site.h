// Site: what Retro Chat knows of the address it is reached under.
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

namespace retrochat {

class Site {
 public:
  /// `public_url` is the address people type, as behind a proxy that speaks HTTPS ("https://chat.example.org"); empty
  /// when it is whatever a request's Host field says.
  explicit Site(std::string_view public_url);

  /// Cookies are then sent over HTTPS only.
  [[nodiscard]] bool is_https() const;

  /// Whether a page of this site may have sent a request with these fields. Browsers name the sender of every POST in
  /// Origin, and its relation in Sec-Fetch-Site; a request with neither comes from no browser of today.
  [[nodiscard]] bool is_own(std::string_view origin, std::string_view fetch_site,
                            std::string_view host) const;

  /// `path` of this site as others write it; `host` is the request's Host field.
  [[nodiscard]] std::string address(std::string_view path, std::string_view host) const;

  // Names of cookies; over HTTPS with the prefix that keeps sibling hosts from setting them.
  [[nodiscard]] std::string_view session_cookie() const;
  /// Somebody in front of a form to sign up or in.
  [[nodiscard]] std::string_view stranger_cookie() const;
  /// Somebody on the way to a provider and back.
  [[nodiscard]] std::string_view flight_cookie() const;
  /// Somebody whom a provider vouches for, and who has yet to choose a handle.
  [[nodiscard]] std::string_view newcomer_cookie() const;

 private:
  const std::string public_url_;
};

}  // namespace retrochat
