// Doors: who may enter a room.
//
// Threads: any.
#pragma once

#include <optional>

#include "store/rows.h"
#include "text/answer.h"

namespace retrochat {

class Doors {
 public:
  /// sign_in_first.
  static Done may_enter(const Room& /*room*/, const std::optional<Account>& who) {
    if (!who) return Refusal::sign_in_first;
    return done();
  }
};

}  // namespace retrochat
