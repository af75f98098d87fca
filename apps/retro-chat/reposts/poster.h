// Poster: takes lines from the queue, posts them, and notes what became of them.
//
// At least once: a line leaves the queue when the service has answered; one that was under way when the program
// ended is posted again with the same key. In order within a room: nothing of it is sent before its first line is
// done with. A service that fails is tried again after 2, 4, 8 ... seconds, at most limits::kRepostLongestPause, each
// pause shortened by up to half at random, or as long as it asks for.
//
// Threads: any; as many may call `step` as posts may be under way.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <stop_token>

#include "reposts/secret_box.h"
#include "reposts/services.h"
#include "store/reposts_table.h"

namespace retrochat {

class Poster {
 public:
  struct Given {
    Clock clock;
    /// From 0 up to 1.
    std::function<double()> chance;
    WebExchange send;
  };

  Poster(RepostsTable& table, const SecretBox& box, ServiceOptions options, Given given);

  /// Posts one line whose time has come; false when there is none.
  bool step(const std::stop_token& stop = {});

 private:
  std::optional<RepostTask> take(TimePoint now);
  Done settle(const RepostTask& task, const WebResult& result);
  [[nodiscard]] TimePoint next_try(const RepostTask& task, const WebResult& result) const;

  RepostsTable& table_;
  const SecretBox& box_;
  const ServiceOptions options_;
  const Given given_;
  std::mutex mutex_;
  std::set<RoomId> busy_;  // Guarded by mutex_.
  /// Rooms for which the store could not note what became of a line, and until when they are left alone.
  std::map<RoomId, TimePoint> resting_;  // Guarded by mutex_.
};

}  // namespace retrochat
