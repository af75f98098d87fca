// Home routes: the entrance at "/", the files that browsers fetch for every page, and the page that says there is none.
//
// Threads: any, once made.
#pragma once

#include "web/respond.h"
#include "web/routes.h"
#include "web/stranger_forms.h"

namespace retrochat {

class HomeRoutes {
 public:
  HomeRoutes(RoomsTable& table, const StrangerForms& forms, Reception& reception,
             const Pages& pages, const Respond& respond)
      : table_(table), forms_(forms), reception_(reception), pages_(pages), respond_(respond) {}

  void add_to(Routes& routes);

 private:
  tayori::HttpResponse entrance(const tayori::HttpRequest& request);
  tayori::HttpResponse file(const tayori::HttpRequest& request);
  tayori::HttpResponse nothing(const tayori::HttpRequest& request);

  RoomsTable& table_;
  const StrangerForms& forms_;
  Reception& reception_;
  const Pages& pages_;
  const Respond& respond_;
};

}  // namespace retrochat
