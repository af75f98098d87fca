// History: messages that were sent to a client id, a group or everyone, as far as they are still held.
//
// Threads: any (plain values).
// Source:  spec/openapi.yaml (history)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tayori/cursor.h"
#include "tayori/gap.h"

namespace tayori {

struct HistoryMessage {
  Cursor cursor;
  std::string message;
};

struct History {
  /// The oldest first.
  std::vector<HistoryMessage> messages;
  /// Where the next call goes on.
  Cursor cursor;
  /// More is held behind these.
  bool more = false;
  /// What was asked for and is no longer held.
  std::optional<Gap> gap;
};

}  // namespace tayori
