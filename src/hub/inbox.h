// Inbox: messages handed to one loop by whoever reads the log.
//
// The one place where threads meet on the way of a message: a push is a short critical section, and only
// the first one after a take wakes the loop. Bounded: when the loop cannot keep up, what waits is thrown away and
// the loop is told to read it from the log instead.
//
// Threads: any (push); its loop only (take).
// Source:  docs/explanation/life-of-a-push.md
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

#include "hub/topic_ref.h"
#include "session/envelope.h"

namespace tayori::hub {

/// A message on its way to the sessions of a loop; or, for a client's own topic, the news that it is in other groups
/// from here on.
struct Parcel {
  TopicRef topic;
  session::EnvelopeRef envelope;
};
inline const session::EnvelopeRef kGroupsChanged = nullptr;

class Inbox {
 public:
  /// Parcels that may wait; 24 MB of bookkeeping at worst.
  static constexpr std::size_t kParcels = 500'000;

  /// `wake` is called from pushing threads and must not push.
  explicit Inbox(std::function<void()> wake, std::size_t limit = kParcels)
      : limit_(limit), wake_(std::move(wake)) {}

  void push(const TopicRef& topic, const session::EnvelopeRef& envelope);

  enum class Taken { all, overrun };
  /// Moves what waits into `parcels`, which is empty. `overrun`: some were thrown away since the last take,
  /// and `parcels` stays empty.
  [[nodiscard]] Taken take(std::vector<Parcel>& parcels);

 private:
  const std::size_t limit_;
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<Parcel> waiting_;  // guarded by mutex_
  bool has_overrun_ = false;     // guarded by mutex_
  bool is_awake_ = false;        // guarded by mutex_
};

}  // namespace tayori::hub
