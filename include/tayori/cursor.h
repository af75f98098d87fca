// Cursor: a place in the log, meaning "everything up to and including this number has been seen".
//
// Written EPOCH-SEQ: the epoch is an opaque word of [0-9a-z]{1,32} that changes when a log starts anew, the
// sequence is base-36. Sequences of different epochs cannot be compared.
//
// Threads: any (plain values).
// Source:  spec/protocol.md 1, spec/vectors/cursors.json
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "tayori/result.h"

namespace tayori {

/// The number of a record in the log; 0 is the place before the first one.
struct Sequence {
  std::uint64_t value = 0;
  friend auto operator<=>(Sequence, Sequence) = default;
  [[nodiscard]] Sequence next() const { return {value + 1}; }
};

/// `sequence` in base-36, as it stands in frames and cursors.
std::string to_base36(Sequence sequence);

struct Cursor {
  std::string epoch;
  Sequence sequence;

  /// `text` as a cursor, or invalid_cursor.
  static Result<Cursor> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

}  // namespace tayori
