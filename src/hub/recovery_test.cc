#include "hub/recovery.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace tayori::hub {
namespace {

/// Cursors as text, "" for none.
struct Row {
  std::string cursor;
  std::string bookmark;
  std::uint64_t place;
  std::string foreign;
};

std::optional<Cursor> cursor(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return *Cursor::parse(text);
}

TEST(Recovery, begins_where_the_page_says_or_else_where_its_token_does) {
  const Cursor head{"e1", {10}};
  const std::vector<Row> table{
      {"", "", 10, ""},         // nothing was named: what comes from here on
      {"", "e1-3", 3, ""},      // a first open
      {"e1-5", "", 5, ""},      // a backend's own token
      {"e1-5", "e1-3", 5, ""},  // a resume with the token of the first open
      {"e1-3", "e1-8", 3, ""},  // closed, a new token, opened: 4 to 8 were not seen (ADR 9)
      {"e1-a", "", 10, ""},     // at the head
      {"e1-z", "", 35, ""},     // from another node, which has read further
      {"e0-7", "", 0, "e0-7"},  // the log started anew
      {"", "e0-7", 0, "e0-7"},  //
      {"e0-7", "e1-3", 0, "e0-7"},
      {"e1-5", "e0-7", 5, ""},
      {"e0-7", "e00-7", 0, "e0-7"},
  };
  for (const Row& row : table) {
    const auto start = starting_point(cursor(row.cursor), cursor(row.bookmark), head);
    EXPECT_EQ(start.place.value, row.place) << row.cursor << " " << row.bookmark;
    EXPECT_EQ(start.foreign, cursor(row.foreign)) << row.cursor << " " << row.bookmark;
  }
}

}  // namespace
}  // namespace tayori::hub
