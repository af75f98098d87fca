#include "tayori/cursor.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.h"

namespace tayori {
namespace {

/// spec/vectors/cursors.json, which every implementation passes.
boost::json::object vectors() {
  std::ifstream file(TAYORI_SOURCE_DIR "/spec/vectors/cursors.json");
  std::ostringstream text;
  text << file.rdbuf();
  auto parse = base::parse_json(text.str());
  EXPECT_TRUE(parse) << parse.error;
  return parse ? parse.value->as_object() : boost::json::object();
}

TEST(Cursor, passes_the_vectors_that_every_implementation_passes) {
  const boost::json::object all = vectors();
  for (const auto& vector : all.at("parse").as_array()) {
    const std::string text(vector.at("text").as_string());
    const auto& expected = vector.at("cursor");
    const auto cursor = Cursor::parse(text);
    ASSERT_EQ(cursor.has_value(), expected.is_object()) << text;
    if (!cursor) {
      EXPECT_EQ(cursor.error().code, ErrorCode::invalid_cursor);
      continue;
    }
    EXPECT_EQ(cursor->epoch, expected.at("epoch").as_string());
    EXPECT_EQ(to_base36(cursor->sequence), expected.at("seq").as_string());
    EXPECT_EQ(cursor->text(), text);
  }
}

TEST(Cursor, orders_sequences_as_the_vectors_do) {
  const boost::json::object all = vectors();
  const auto& order = all.at("order").as_array();
  ASSERT_GT(order.size(), 1U);
  for (std::size_t i = 1; i < order.size(); ++i) {
    const auto before = Cursor::parse("e-" + std::string(order[i - 1].as_string()));
    const auto after = Cursor::parse("e-" + std::string(order[i].as_string()));
    ASSERT_TRUE(before && after);
    EXPECT_LT(before->sequence, after->sequence);
  }
}

TEST(Cursor, refuses_a_nul_within) {
  EXPECT_FALSE(Cursor::parse(std::string_view("e\0-1", 4)));
  EXPECT_FALSE(Cursor::parse(std::string_view("e-1\0", 4)));
}

TEST(Cursor, is_the_same_place_only_in_the_same_epoch) {
  EXPECT_EQ(*Cursor::parse("a-1"), (Cursor{"a", {1}}));
  EXPECT_NE(*Cursor::parse("a-1"), *Cursor::parse("b-1"));
  EXPECT_NE(*Cursor::parse("a-1"), *Cursor::parse("a-2"));
}

TEST(Sequence, counts_up_from_the_place_before_the_first) {
  EXPECT_EQ(Sequence{}.value, 0U);
  EXPECT_EQ(Sequence{}.next(), Sequence{1});
  EXPECT_EQ(to_base36(Sequence{35}.next()), "10");
}

}  // namespace
}  // namespace tayori
