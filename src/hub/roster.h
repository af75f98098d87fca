// Roster: who is here, and who came and went lately, by the log.
//
// What is told of presence is told from here, in the order of the log; what a node does not know of its own sessions, it
// reads like any other.
//
// Threads: any.
// Source:  docs/reference/presence.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "hub/control.h"
#include "hub/topic_ref.h"
#include "tayori/cursor.h"
#include "tayori/presence.h"

namespace tayori::hub {

class Roster {
 public:
  /// Called in the order of the log, under the lock: hands the edge on and returns.
  using Handler = std::function<void(const PresenceEdge&)>;

  /// Remembers the newest `edges`. Generations go on from where an earlier start of the server has left them, as `clock`
  /// tells it, if that one had fewer than a million records a second.
  Roster(const std::string& epoch, std::size_t edges, const base::Clock& clock);

  /// REQUIRES: set up only.
  void on_edge(Handler handler) { handler_ = std::move(handler); }

  void come(Sequence number, const ClientId& client_id, const Control::Come& come);
  void go(Sequence number, const ClientId& client_id, const Control::Go& go);

  // Answers say nothing of sessions: the log does not know of them.
  [[nodiscard]] bool is_here(const ClientId& client_id) const;
  [[nodiscard]] std::size_t present() const;
  /// Those of `client_ids` that are here.
  [[nodiscard]] PresentClients find(std::span<const ClientId> client_ids) const;
  /// Up to `limit` of those that are here, by name, behind `after`.
  [[nodiscard]] PresentClients list(std::string_view after, std::size_t limit) const;
  /// The same of `clients`, which are sorted by name.
  [[nodiscard]] PresentClients list_among(std::span<const TopicRef> clients, std::string_view after,
                                          std::size_t limit) const;
  /// Up to `limit` edges behind `since`.
  [[nodiscard]] PresenceEvents events(const Cursor& since, std::size_t limit) const;

 private:
  using WallTime = Control::WallTime;
  using Here = std::map<std::string, WallTime, std::less<>>;
  struct Remembered {
    Sequence number;
    PresenceEdge edge;
  };

  void tell(Sequence number, PresenceEdge edge);
  [[nodiscard]] Cursor newest() const { return {epoch_, newest_}; }
  static Present present_of(const Here::value_type& entry);

  const std::string& epoch_;
  const std::size_t limit_;
  const std::uint64_t first_generation_;
  Handler handler_;
  mutable std::mutex mutex_;
  Here here_;                     // guarded by mutex_, as is all below
  std::deque<Remembered> edges_;  // ascending
  Sequence lost_through_;
  Sequence newest_;
};

}  // namespace tayori::hub
