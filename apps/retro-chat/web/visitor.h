// Visitor: who sends a request, and how they want to be answered.
//
// Threads: any (a plain value).
#pragma once

#include <optional>
#include <string>

#include "pages/frame.h"
#include "people/cookie_key.h"
#include "people/sessions.h"
#include "store/rows.h"
#include "tayori/http.h"
#include "text/language.h"
#include "web/client_address.h"
#include "web/site.h"

namespace retrochat {

struct SignedIn {
  SessionId session;
  Account account;
};

struct Visitor {
  /// Whom limits count (web/client_address.h).
  std::string address = {};
  Language language = Language::en;
  /// They asked for the language just now (?lang=), so it is to be remembered.
  bool chose_language = false;
  Appearance looks = {};
  /// They asked for the palette (?palette=) or the scheme (?scheme=) just now.
  bool chose_palette = false;
  bool chose_scheme = false;
  /// Of this request's query, what other looks of the same page keep (text/kept_query.h).
  std::string kept_query = {};
  /// The page's own script asks; it is answered in JSON.
  bool is_script = false;
  std::optional<SignedIn> signed_in;

  [[nodiscard]] Frame frame() const;
  /// Who they are; nobody when not signed in.
  [[nodiscard]] std::optional<Account> account() const;
};

/// Receives requests: finds out who sends them, and lets forms in.
class Reception {
 public:
  Reception(const Site& site, Sessions& sessions, const CookieKey& key,
            const ClientAddress& addresses)
      : site_(site), sessions_(sessions), key_(key), addresses_(addresses) {}

  /// trouble when the store cannot say.
  Answer<Visitor> receive(const tayori::HttpRequest& request);

  /// Whether a form may come in from nobody in particular: sign-up and sign-in. other_site.
  ///
  /// There is no session yet to bind a form token to: the browser's own word on where the form was (Origin,
  /// Sec-Fetch-Site) is asked. So they also work from a command line. web/stranger_forms.h binds them to their page.
  [[nodiscard]] Done admit_stranger(const tayori::HttpRequest& request) const;

  /// Whether a form may come in from somebody signed in. other_site, sign_in_first, form_expired.
  [[nodiscard]] Done admit(const tayori::HttpRequest& request, const Visitor& visitor) const;

 private:
  const Site& site_;
  Sessions& sessions_;
  const CookieKey& key_;
  const ClientAddress& addresses_;
};

}  // namespace retrochat
