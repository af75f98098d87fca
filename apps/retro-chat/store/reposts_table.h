// RepostsTable: which rooms post their lines on to where, the queue of lines, and what became of them.
//
// Lines come in by a trigger on the events, in the transaction that stores the line. Bounded: limits::kRepostsWaiting
// waiting lines a room (the oldest are given up), limits::kRepostsGivenUpKept of those, and limits::kRepostsKept finished ones.
//
// Threads: any.
// Source:  store/migrations/0005_reposts.sql, 0010_given_up_reposts.sql
#pragma once

#include <vector>

#include "store/database.h"
#include "store/repost_rows.h"

namespace retrochat {

/// One line to be posted now.
struct RepostTask {
  Repost repost;
  Room room;
  RepostTarget target;
};

class RepostsTable {
 public:
  explicit RepostsTable(Database& database) : database_(database) {}

  Answer<std::optional<RepostTarget>> target(RoomId room);
  /// A new place lets the old one's waiting lines go; anything else lets them go on. Either ends a pause.
  Done set_target(RoomId room, const RepostTarget& target);
  /// Forgets the place with its secret, and switches off.
  Done forget_target(RoomId room);
  enum class Switch { off, on };
  Done turn(RoomId room, Switch to);

  /// A line that is no event, posted even when the room is switched off or rests. Nothing when there is no target, or another
  /// test waits.
  Done add_test(RoomId room, const std::string& who, const std::string& line, TimePoint now);

  /// The first waiting line of each room, where its time has come: tests before lines, then the oldest. A room whose first
  /// line has to wait is not in it, so that lines keep their order.
  Answer<std::vector<RepostTask>> due(TimePoint now);

  struct Posted {
    std::string post_id = {};
    std::string url = {};
    /// What there is to say of it nonetheless.
    std::string reason = {};
  };
  Done posted(const RepostTask& task, const Posted& as);
  Done put_off(const RepostTask& task, const std::string& reason, TimePoint next);
  enum class Then { go_on, rest };
  Done refused(const RepostTask& task, const std::string& reason, Then then);
  /// Gives up what has waited since before `oldest`.
  Done give_up(TimePoint oldest);

  /// The newest `count`, newest first.
  Answer<std::vector<Repost>> newest(RoomId room, std::uint32_t count);
  struct Counts {
    std::int64_t waiting = 0;
    std::int64_t given_up = 0;
  };
  Answer<Counts> counts(RoomId room);
  /// Those that have an address, the oldest first, at most limits::kRepostsListed of the newest.
  Answer<std::vector<Repost>> with_url(RoomId room);

 private:
  Database& database_;
};

}  // namespace retrochat
