// Onces: forms that carry a word of their own, so that one that is sent twice is done once.
//
// The same form is the same word of the same person with the same content: a page that the browser brought back from its
// history carries its word again, and what is written there by then is something else.
//
// The second of two gets the first one's answer, waiting for it if it is under way. A refusal is not remembered: what
// was refused may be tried again. Of more than limits::kOncesKept the oldest is forgotten; a form sent again after that, or
// after limits::kOnceWindow, counts as a new one.
//
// Threads: any.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "store/rows.h"
#include "text/answer.h"
#include "text/once.h"

namespace retrochat {

class Onces {
 public:
  /// What `act` answers, called unless the same form of `who` has been taken already; without a word always.
  Done take(const Account& who, const std::optional<Once>& word, std::string_view content,
            TimePoint now, const std::function<Done()>& act);

 private:
  enum class State { under_way, taken };
  struct Entry {
    std::string key;
    TimePoint at;
  };

  /// False when it has been taken; waits while it is under way.
  bool begin(const std::string& key, TimePoint now);
  void end(const std::string& key, bool taken);
  void forget_old(TimePoint now);

  std::mutex mutex_;
  std::condition_variable ended_;
  // Guarded by mutex_. Both hold the same keys.
  std::map<std::string, State> states_;
  std::deque<Entry> by_age_;
};

}  // namespace retrochat
