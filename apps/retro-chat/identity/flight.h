// Flight: what this site remembers of somebody who has left for a provider, until they come back.
//
// It travels in the browser's own cookie, sealed (people/cookie_key.h), so that a browser can only land where it departed.
//
// Threads: any (a plain value).
// Source:  RFC 6749 section 10.12; RFC 7636
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "people/sessions.h"
#include "text/local_path.h"

namespace retrochat {

struct Flight {
  /// The provider's id.
  std::string provider;
  /// What the provider sends back unchanged; nobody else can know it.
  std::string state;
  /// What the ID token must hold.
  std::string nonce;
  /// What proves that the code was asked for here (PKCE).
  std::string verifier;
  /// The address that the provider sends people back to.
  std::string redirect_uri;
  /// Where they were headed.
  LocalPath to;

  static Flight begin(std::string provider, std::string redirect_uri, const LocalPath& to,
                      const RandomBytes& random);

  /// The S256 challenge of `verifier`.
  [[nodiscard]] std::string challenge() const;

  [[nodiscard]] std::string text() const;
  /// Nothing when `text` is not what text() gives.
  static std::optional<Flight> parse(std::string_view text);
};

}  // namespace retrochat
