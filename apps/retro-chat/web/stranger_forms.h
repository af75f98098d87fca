// StrangerForms: the form token of forms that come before there is a session, such as signing in.
//
// The page sets a cookie that nobody else knows and its form carries what the house makes of it. A browser that has the cookie
// has to bring the token too; one without (a command line, a browser that kept none) is judged by where it says the form was
// (Reception::admit_stranger), as everybody is besides.
//
// Threads: any.
// Source:  OWASP CSRF Prevention cheat sheet, "Login CSRF"
#pragma once

#include <string>

#include "people/cookie_key.h"
#include "web/respond.h"

namespace retrochat {

class StrangerForms {
 public:
  StrangerForms(const Site& site, const CookieKey& key, const Respond& respond, RandomBytes random)
      : site_(site), key_(key), respond_(respond), random_(std::move(random)) {}

  /// What the page that is about to be made goes with.
  struct Slip {
    std::string cookie;
    std::string token;
    bool is_new = false;
  };
  [[nodiscard]] Slip slip_for(const tayori::HttpRequest& request) const;
  void hand_out(tayori::HttpResponse& page, const Slip& slip) const;

  /// form_expired.
  [[nodiscard]] Done admit(const tayori::HttpRequest& request) const;

 private:
  const Site& site_;
  const CookieKey& key_;
  const Respond& respond_;
  const RandomBytes random_;
};

}  // namespace retrochat
