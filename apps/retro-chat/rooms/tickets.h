// Tickets: the channel tokens that pages are given, and when a page gets a new one.
//
// A token lives two hours. A page that polls with one that is older than `renew_after` (90 minutes), or that is no
// longer good, gets a new one, so with a poll every 15 minutes it is renewed long before it ends. The age is
// told by the page, from what the page was told; a page that lies about it gains only a new token, which its
// owner may have at any time.
//
// Threads: any.
// Source:  channel-api.md 11, features 5, 9 and 10
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "rooms/push.h"
#include "store/clock.h"
#include "store/rows.h"
#include "text/answer.h"

namespace retrochat {

struct Ticket {
  std::string token;
  TimePoint issued;
};

/// What a page says it holds.
struct PresentedTicket {
  std::string token;
  /// Milliseconds since 1970, as the page was told.
  std::string issued;
};

class Tickets {
 public:
  Tickets(Push& push, std::chrono::milliseconds renew_after)
      : push_(push), renew_after_(renew_after) {}

  /// A token with which a page of `who` hears `room`, from this moment on.
  Answer<Ticket> issue(const Room& room, const Account& who, TimePoint now);

  /// Whether `presented` will do until the next poll.
  [[nodiscard]] bool is_fresh(const Room& room, const Account& who,
                              const PresentedTicket& presented, TimePoint now) const;

 private:
  Push& push_;
  const std::chrono::milliseconds renew_after_;
};

}  // namespace retrochat
