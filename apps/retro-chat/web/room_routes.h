// Room routes: /rooms/OWNER/NUMBER and what one does there.
//
// Every form works without JavaScript: it is answered with 303 and the room's page shows the outcome. The page's
// script sends the same forms with `Accept: application/json` and is answered in JSON.
//
// Threads: any, once made.
#pragma once

#include "rooms/rooms.h"
#include "web/respond.h"
#include "web/routes.h"
#include "web/stranger_forms.h"

namespace retrochat {

class RoomRoutes {
 public:
  struct Given {
    Clock clock;
    RandomBytes random;
    std::chrono::milliseconds poll_every;
  };

  RoomRoutes(RoomsTable& table, Rooms& rooms, const StrangerForms& forms, Reception& reception,
             const Pages& pages, const Respond& respond, Given given);

  void add_to(Routes& routes);

 private:
  /// A form that came in: who sent it, to which room.
  struct Knock {
    Visitor visitor;
    Account who;
    Room room;
  };
  using Act = Done (RoomRoutes::*)(const Knock&, const tayori::HttpRequest&);

  tayori::HttpResponse show(const tayori::HttpRequest& request);
  /// What stands between the visitor and the room, and what they can do about it.
  [[nodiscard]] tayori::HttpResponse at_the_door(const tayori::HttpRequest& request,
                                                 const Visitor& visitor, const Room& room,
                                                 Refusal refusal) const;
  [[nodiscard]] tayori::HttpResponse guest_door(const tayori::HttpRequest& request,
                                                const Visitor& visitor, const Room& room) const;
  tayori::HttpResponse poll(const tayori::HttpRequest& request);

  /// Answers a form with what `act` makes of it, then the browser goes to the room, or `home`.
  enum class Then { room, home };
  tayori::HttpResponse take(const tayori::HttpRequest& request, Act act, Then then);

  /// What is wrong with the form, answered; or who knocks where.
  std::variant<Knock, tayori::HttpResponse> knock(const tayori::HttpRequest& request);

  Done speak(const Knock& knock, const tayori::HttpRequest& request);
  Done step_away(const Knock& knock, const tayori::HttpRequest& request);
  Done come_back(const Knock& knock, const tayori::HttpRequest& request);
  Done leave(const Knock& knock, const tayori::HttpRequest& request);

  RoomsTable& table_;
  Rooms& rooms_;
  const StrangerForms& forms_;
  Reception& reception_;
  const Pages& pages_;
  const Respond& respond_;
  const Given given_;
};

}  // namespace retrochat
