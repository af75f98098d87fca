// Owner routes: opening a room, its settings, showing people out, deleting it.
//
//   GET, POST /rooms/new                  POST /rooms/OWNER/NUMBER/remove    (field `handle`)
//   GET, POST /rooms/OWNER/NUMBER/settings  POST /rooms/OWNER/NUMBER/readmit   (field `handle`)
//                                         POST /rooms/OWNER/NUMBER/delete    (field `sure`)
//
// Threads: any, once made.
#pragma once

#include "rooms/room_keeping.h"
#include "web/respond.h"
#include "web/routes.h"

namespace retrochat {

class OwnerRoutes {
 public:
  OwnerRoutes(RoomsTable& table, RoomKeeping& keeping, Reception& reception, const Pages& pages,
              const Respond& respond)
      : table_(table), keeping_(keeping), reception_(reception), pages_(pages), respond_(respond) {}

  void add_to(Routes& routes);

 private:
  /// A form that came in from somebody signed in, about a room.
  struct Form {
    const tayori::HttpRequest& request;
    const Visitor& visitor;
    const Account& who;
    const Room& room;
  };
  using Act = tayori::HttpResponse (OwnerRoutes::*)(const Form&);

  tayori::HttpResponse show_new(const tayori::HttpRequest& request);
  tayori::HttpResponse take_new(const tayori::HttpRequest& request);
  tayori::HttpResponse show_settings(const tayori::HttpRequest& request);
  tayori::HttpResponse take(const tayori::HttpRequest& request, Act act);

  tayori::HttpResponse alter(const Form& form);
  tayori::HttpResponse show_out(const Form& form);
  tayori::HttpResponse let_in_again(const Form& form);
  tayori::HttpResponse erase(const Form& form);
  [[nodiscard]] tayori::HttpResponse answer(const Form& form, const Done& outcome,
                                            const std::string& then) const;

  RoomsTable& table_;
  RoomKeeping& keeping_;
  Reception& reception_;
  const Pages& pages_;
  const Respond& respond_;
};

}  // namespace retrochat
