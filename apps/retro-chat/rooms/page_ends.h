// PageEnds: ends pages through a Tayori in this process, also where it can make no more tokens void.
//
// Tayori answers while it holds its log, so nothing may be asked of it from there. What it refused is noted, told by the next
// retry(), and where the tokens were the reason asked for once more without them; whoever comes back with such a token is
// noticed by their presence (Rooms::sweep).
//
// Threads: any.
#pragma once

#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

#include "tayori/client_id.h"
#include "tayori/disconnect.h"
#include "tayori/result.h"

namespace retrochat {

class PageEnds {
 public:
  using Answered = std::function<void(const tayori::Outcome&)>;
  using Disconnect = std::function<void(const tayori::ClientId&, tayori::Tokens, Answered)>;
  using Complain = std::function<void(std::string_view)>;

  PageEnds(Disconnect disconnect, Complain complain);

  void end(const tayori::ClientId& who);
  /// To be called about once a second.
  void retry();

 private:
  struct Refused {
    tayori::ClientId who;
    tayori::Tokens tokens;
    tayori::Error error;
  };

  void ask(const tayori::ClientId& who, tayori::Tokens tokens);
  void note(Refused refused);

  const Disconnect disconnect_;
  const Complain complain_;
  std::mutex mutex_;
  std::vector<Refused> refused_;  // Guarded by mutex_. At most limits::kDisconnectsWaiting.
};

}  // namespace retrochat
