// LinesTable: the kept conversation of a room, read back page by page, searched and taken away.
//
// Reads what EventsTable writes; the index of lines is kept up by the store itself (migrations/0007_search_by_room.sql).
//
// Threads: any.
#pragma once

#include <optional>
#include <vector>

#include "store/database.h"
#include "store/rows.h"
#include "text/search_words.h"

namespace retrochat {

/// One page of the kept conversation.
struct LogPage {
  /// Ascending; at most limits::kEventsOnLogPage.
  std::vector<Event> events;
  /// Whether there is more on either side.
  bool older = false;
  bool newer = false;
};

/// What a search has found.
struct Hits {
  /// The newest first; at most limits::kHitsShown.
  std::vector<Event> lines;
  /// Where to go on, if the search ended before the oldest line: with lines before this one.
  std::optional<EventNumber> before;
};

class LinesTable {
 public:
  enum class Moves { left_out, told };

  explicit LinesTable(Database& database) : database_(database) {}

  /// The events next to `place` on its older side, or on its newer.
  Answer<LogPage> before(RoomId room, EventNumber place);
  Answer<LogPage> after(RoomId room, EventNumber place);
  /// `place` with what happened before and after it. It need not be kept any more.
  Answer<LogPage> around(RoomId room, EventNumber place);

  /// The newest limits::kLinesDownloaded lines, ascending; if told, with the comings and goings between them.
  Answer<std::vector<Event>> newest(RoomId room, Moves moves);

  /// The newest lines before `place` in which all `words` occur. At most limits::kLinesScanned lines, or limits::kBytesScanned, are read.
  Answer<Hits> search(RoomId room, const SearchWords& words, EventNumber place);

 private:
  Database& database_;
};

}  // namespace retrochat
