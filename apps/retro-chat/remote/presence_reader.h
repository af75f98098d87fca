// PresenceReader: who has a page open on a separate Tayori, read from it again and again.
//
// On the first round it asks who is here, from then on who came and went since. Where the answer does not reach back, it asks who is
// here again, and what differs from what it knew becomes edges: of a log that has only forgotten, `lost`; of a log that has
// begun anew, because that Tayori was started again, `shutdown`: the pages are about to come back by themselves. What the new log
// says from its beginning on is then told too, as somebody may have come and gone since.
//
// Only client ids of the chat's own form (rooms/address.h) count; others are another program's on the same Tayori.
// A round that gets no answer changes nothing, and the next one goes on from the same place. What is held is bounded by the
// channels that are open.
//
// Threads: one at a time.
// Source:  docs/reference/presence.md (After an outage)
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "tayori/cursor.h"
#include "tayori/presence.h"
#include "tayori/result.h"

namespace retrochat {

class PresenceReader {
 public:
  /// The calls of Tayori.
  struct Calls {
    /// Those who are here, by name, behind `after`.
    std::function<tayori::Result<tayori::PresentClients>(const std::optional<std::string>& after)>
        present;
    std::function<tayori::Result<tayori::PresenceEvents>(const tayori::Cursor& since)> events;
  };
  /// What is told, during read().
  struct News {
    std::function<void(const tayori::PresenceEdge&)> edge;
    /// The log has begun anew: what was in it, and which tokens were void, is forgotten.
    std::function<void()> new_log;
  };

  PresenceReader(Calls calls, News news) : calls_(std::move(calls)), news_(std::move(news)) {}

  /// One round; to be called about once a second.
  void read();

 private:
  using Reason = tayori::PresenceEdge::Reason;

  [[nodiscard]] bool read_edges();
  void list(Reason of_the_missing);
  void tell(const tayori::PresenceEdge& edge);
  void compare(const std::set<tayori::ClientId>& here, Reason of_the_missing);

  const Calls calls_;
  const News news_;
  /// Nothing until the first listing was read.
  std::optional<tayori::Cursor> cursor_;
  std::set<tayori::ClientId> here_;
};

}  // namespace retrochat
