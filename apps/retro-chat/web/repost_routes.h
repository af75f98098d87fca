// Repost routes: /rooms/OWNER/NUMBER/reposting, where its owner decides, and the lists urls.txt and hatena.txt.
//
// Threads: any, once made.
#pragma once

#include "pages/reposting_page.h"
#include "reposts/repost_address.h"
#include "reposts/secret_box.h"
#include "rooms/rooms.h"
#include "store/rooms_table.h"
#include "web/respond.h"
#include "web/routes.h"

namespace retrochat {

class RepostRoutes {
 public:
  /// What the owner's forms act on.
  struct Desk {
    RepostsTable& reposts;
    const SecretBox& box;
    Reach reach;
    Clock clock;
    Rooms& inside;
  };

  RepostRoutes(RoomsTable& rooms, Doors& doors, Reception& reception, const Templates& templates,
               const Respond& respond, Desk desk);

  void add_to(Routes& routes);

 private:
  struct Owner {
    Visitor visitor;
    Room room;
  };
  using Act = Done (RepostRoutes::*)(const Owner&, const tayori::HttpRequest&);
  using List = std::string (*)(const std::vector<Repost>&);

  /// Who owns the room, or the refusal answered. With `form`, only when their form may come in.
  enum class Sent { page, form };
  std::variant<Owner, tayori::HttpResponse> owner_of(const tayori::HttpRequest& request, Sent sent);

  tayori::HttpResponse show(const tayori::HttpRequest& request);
  tayori::HttpResponse save(const tayori::HttpRequest& request);
  tayori::HttpResponse take(const tayori::HttpRequest& request, Act act);
  tayori::HttpResponse list(const tayori::HttpRequest& request, List made);
  tayori::HttpResponse page(const Owner& owner, const std::string& new_secret,
                            std::optional<Refusal> refusal);

  /// Answers a webhook's new secret, if one was made.
  Answer<std::string> set_target(const Owner& owner, const tayori::HttpRequest& request);
  Done turn(const Owner& owner, const tayori::HttpRequest& request);
  Done test(const Owner& owner, const tayori::HttpRequest& request);
  Done forget(const Owner& owner, const tayori::HttpRequest& request);
  /// Those inside learn at once whether their lines are posted on from now; at the latest their pages' next polls tell.
  void tell(const Room& before, const tayori::HttpRequest& request);

  RoomsTable& rooms_;
  Doors& doors_;
  Reception& reception_;
  const Templates& templates_;
  const Respond& respond_;
  const Desk desk_;
  Rate tests_{limits::kRepostTestsOfPerson, limits::kRepostTestWindow};
};

}  // namespace retrochat
