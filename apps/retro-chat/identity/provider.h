// Provider: a site whose word on who somebody is counts here, as the operator has described it.
//
// With an issuer it speaks OpenID Connect: its addresses are discovered, and it vouches by a signed ID token. Without one
// it speaks plain OAuth 2: its addresses are written down, and it tells about whoever holds an access token.
//
// Threads: any (a plain value).
// Source:  docs/how-to/sign-in-through-others.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"

namespace retrochat {

/// How this site proves to the provider that it is the client: HTTP Basic, or fields of the form (RFC 6749, 2.3.1).
enum class ClientAuth : std::uint8_t { as_discovered, basic, post };

struct Provider {
  /// Part of addresses: small letters, digits and '-'.
  std::string id;
  std::string name_ja;
  std::string name_en;
  /// Empty without OpenID Connect.
  std::string issuer = {};
  // Empty with an issuer, which tells them.
  std::string authorize_url = {};
  std::string token_url = {};
  std::string userinfo_url = {};
  std::string client_id = {};
  /// Empty for a public client, which PKCE alone protects.
  std::string client_secret = {};
  ClientAuth client_auth = ClientAuth::as_discovered;
  std::vector<std::string> scopes = {};
  // Names of claims; a dot leads into an object ("data.id").
  std::string subject_claim = "sub";
  std::string handle_claim = "preferred_username";

  [[nodiscard]] bool is_openid() const { return !issuer.empty(); }
  [[nodiscard]] const std::string& name(Language language) const {
    return language == Language::ja ? name_ja : name_en;
  }
  /// Under which its people are kept.
  [[nodiscard]] const std::string& authority() const { return is_openid() ? issuer : id; }
};

}  // namespace retrochat
