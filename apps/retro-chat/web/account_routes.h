// Account routes: /sign-up, /sign-in, /sign-out.
//
// Threads: any, once made.
#pragma once

#include "pages/account_pages.h"
#include "people/accounts.h"
#include "rooms/rooms.h"
#include "web/respond.h"
#include "web/routes.h"
#include "web/stranger_forms.h"

namespace retrochat {

class AccountRoutes {
 public:
  AccountRoutes(Accounts& accounts, Sessions& sessions, Rooms& rooms, Reception& reception,
                const AccountPages& pages, const Respond& respond, const StrangerForms& forms,
                LocalAccounts local);

  void add_to(Routes& routes);

 private:
  enum class Desk { sign_up, sign_in };

  tayori::HttpResponse show(Desk desk, const tayori::HttpRequest& request);
  tayori::HttpResponse take(Desk desk, const tayori::HttpRequest& request);
  tayori::HttpResponse sign_out(const tayori::HttpRequest& request);

  [[nodiscard]] tayori::HttpResponse form(Desk desk, const tayori::HttpRequest& request,
                                          const Visitor& visitor, const LocalPath& to,
                                          FormState state) const;

  Accounts& accounts_;
  Sessions& sessions_;
  Rooms& rooms_;
  Reception& reception_;
  const AccountPages& pages_;
  const Respond& respond_;
  const StrangerForms& forms_;
  const LocalAccounts local_;
};

}  // namespace retrochat
