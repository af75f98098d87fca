// Respond: answers with the fields that every answer of Retro Chat carries.
//
// Pages run no script but this site's own and the channel's, are shown in no frame, send no address to other sites and are kept
// in no cache, as each is made for one person.
//
// Threads: any.
#pragma once

#include <string>
#include <string_view>

#include "pages/pages.h"
#include "tayori/http.h"
#include "web/site.h"
#include "web/visitor.h"

namespace retrochat {

class Respond {
 public:
  /// `channel_origin` is the other origin that pages take the channel from; empty where it is their own.
  Respond(const Site& site, const Pages& pages, const CookieKey& key,
          std::string_view channel_origin);

  [[nodiscard]] tayori::HttpResponse page(const Visitor& visitor, int status,
                                          std::string html) const;
  [[nodiscard]] tayori::HttpResponse text(int status, std::string body) const;
  [[nodiscard]] tayori::HttpResponse json(int status, std::string body) const;
  /// The browser goes on to `path` with a GET.
  [[nodiscard]] tayori::HttpResponse go(const std::string& path) const;

  /// A page, or a problem document for a script.
  [[nodiscard]] tayori::HttpResponse refuse(const Visitor& visitor, const ErrorView& view) const;

  void set_session(tayori::HttpResponse& response, const SessionId& session) const;
  void clear_session(tayori::HttpResponse& response) const;

  /// HttpOnly, SameSite=Lax, for the whole site, and Secure behind HTTPS. A life of 0 takes the cookie away.
  void set_cookie(tayori::HttpResponse& response, std::string_view name, std::string_view value,
                  std::chrono::seconds life) const;

 private:
  const Site& site_;
  const Pages& pages_;
  const CookieKey& key_;
  const std::string policy_;
};

/// How long a too hasty visitor is asked to wait; nothing for other refusals.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(Refusal refusal);

}  // namespace retrochat
