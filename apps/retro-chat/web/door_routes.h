// Door routes: coming in as a guest, giving a room's passphrase, finding somebody's rooms.
//
//   POST /guest (field `to`)     POST /rooms/OWNER/NUMBER/knock (field `passphrase`)
//   GET  /find?handle=HANDLE     GET  /rooms/OWNER
//
// Threads: any, once made.
#pragma once

#include "people/guests.h"
#include "rooms/doors.h"
#include "web/respond.h"
#include "web/routes.h"
#include "web/stranger_forms.h"

namespace retrochat {

class DoorRoutes {
 public:
  struct People {
    Guests& guests;
    Sessions& sessions;
    const StrangerForms& forms;
  };

  DoorRoutes(RoomsTable& table, Doors& doors, People people, Reception& reception,
             const Pages& pages, const Respond& respond)
      : table_(table),
        doors_(doors),
        people_(people),
        reception_(reception),
        pages_(pages),
        respond_(respond) {}

  void add_to(Routes& routes);

 private:
  tayori::HttpResponse welcome_guest(const tayori::HttpRequest& request);
  tayori::HttpResponse knock(const tayori::HttpRequest& request);
  tayori::HttpResponse find(const tayori::HttpRequest& request);
  tayori::HttpResponse rooms_of(const tayori::HttpRequest& request);

  RoomsTable& table_;
  Doors& doors_;
  const People people_;
  Reception& reception_;
  const Pages& pages_;
  const Respond& respond_;
};

}  // namespace retrochat
