#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <string>

namespace tayori::base {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

/// The text as read and written again, or the error.
std::string reread(std::string_view text, const JsonLimits& limits = {}) {
  const JsonParse parse = parse_json(text, limits);
  return parse ? boost::json::serialize(*parse.value) : "error: " + parse.error;
}

TEST(Json, reads_every_kind_of_value) {
  for (const auto* text :
       {"null", "true", "false", "0", "-1", "18446744073709551615", "1.5E0", "\"\"", "\"a\"", "[]",
        "{}", "[1,[2,[]],{}]", R"({"a":{"b":[1,{"c":null}]},"d":"e"})"}) {
    EXPECT_EQ(reread(text), text);
  }
  EXPECT_EQ(reread(" \t\r\n[ 1 , 2 ] \n"), "[1,2]");
}

TEST(Json, puts_strings_together_from_their_parts) {
  EXPECT_EQ(parse_json(R"("a\"\\\/\b\f\n\r\tz")").value->as_string(), "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(parse_json(R"("\u4fbf\u308A \uD83D\uDCEE便")").value->as_string(), "便り 📮便");
  const auto object = parse_json(R"({"\u006b1":"\u0076","k\u0032":"w","k3":"x"})");
  EXPECT_EQ(boost::json::serialize(*object.value), R"({"k1":"v","k2":"w","k3":"x"})");
}

TEST(Json, keeps_a_nul_that_was_escaped) {
  EXPECT_EQ(parse_json(R"("a\u0000b")").value->as_string(), "a\0b"s);
}

TEST(Json, refuses_a_key_that_stands_twice) {
  for (const auto* text : {R"({"a":1,"a":1})", R"({"a":1,"b":2,"\u0061":3})",
                           R"([{"x":{"a":[],"b":{},"a":0}}])", R"({"":1,"":2})"}) {
    EXPECT_THAT(reread(text), HasSubstr("a key stands twice")) << text;
  }
}

TEST(Json, tells_a_repeated_key_where_it_stands) {
  const JsonParse parse = parse_json(R"({"a":1,"a":2})");
  ASSERT_FALSE(parse);
  EXPECT_GE(parse.offset, 7U);
  EXPECT_LE(parse.offset, 10U);
  EXPECT_THAT(parse.error, HasSubstr("(at byte " + std::to_string(parse.offset) + ")"));
}

TEST(Json, allows_the_same_key_in_different_objects) {
  EXPECT_EQ(reread(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})"),
            R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})");
}

TEST(Json, finds_repeated_keys_in_objects_of_many_members) {
  std::string text = "{";
  for (int i = 0; i < 500; ++i)
    text += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  EXPECT_EQ(parse_json(text + R"("last":0})").value->as_object().size(), 501U);
  EXPECT_THAT(reread(text + R"("key250":0})"), HasSubstr("a key stands twice"));
}

TEST(Json, nests_to_the_limit_and_no_deeper) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_json(nested(16)));
  EXPECT_FALSE(parse_json(nested(17)));
  EXPECT_TRUE(parse_json(nested(3), {.depth = 3}));
  EXPECT_FALSE(parse_json(nested(4), {.depth = 3}));
  EXPECT_FALSE(parse_json(R"({"a":{"a":{"a":[]}}})", {.depth = 3}));
}

TEST(Json, stops_at_the_first_bracket_too_many) {
  const JsonParse parse = parse_json(std::string(10'000, '['));
  ASSERT_FALSE(parse);
  EXPECT_LE(parse.offset, 17U);
}

TEST(Json, refuses_text_that_is_not_utf8) {
  for (const auto* text : {"\"\x80\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"",
                           "\"\xE4\xBE\"", "{\"\xFF\":1}", "\xFF", "\xEF\xBB\xBF{}"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(Json, refuses_surrogates_that_stand_alone) {
  for (const auto* text : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud800x")",
                           R"("\ud800\ud800")", R"({"\udfff":1})"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(Json, refuses_anything_behind_the_value) {
  for (const auto* text : {"{}{}", "1 2", "[] x", "null,", "\"a\"\"b\""}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
  EXPECT_FALSE(parse_json("{}\0"s));
}

TEST(Json, refuses_what_only_looks_like_json) {
  for (const auto* text :
       {"",           " ",         "{",      "[",      "[1",  "[1,", "[1,]", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{a:1}",     "{1:2}",  "'a'",    "nul", "tru", "True", "NaN",     "Infinity",
        "-",          "+1",        "01",     "1.",     ".5",  "1e",  "0x1",  "\"a",     "\"\n\"",
        "\"\\x\"",    "\"\\u12\"", "/* */1", "// \n1", "]",   "}",   "[}",   "{]"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(Json, refuses_numbers_beyond_a_double) {
  for (const auto* text : {"1e309", "-1e309", "1e999999999999999999999", "[1e400]"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
  EXPECT_TRUE(parse_json("1e308"));
  EXPECT_EQ(parse_json("1e-999").value->as_double(), 0.0);
  EXPECT_TRUE(parse_json("18446744073709551616").value->is_double());
}

TEST(Json, bounds_strings_and_keys) {
  const JsonLimits limits = {.string_bytes = 4};
  EXPECT_EQ(reread(R"(["abcd"])", limits), R"(["abcd"])");
  EXPECT_THAT(reread(R"(["abcde"])", limits), HasSubstr("a string is too long"));
  EXPECT_THAT(reread(R"(["ab\u0063de"])", limits), HasSubstr("a string is too long"));
  EXPECT_THAT(reread(R"({"abcde":1})", limits), HasSubstr("a string is too long"));
}

TEST(Json, bounds_the_number_of_values) {
  const JsonLimits limits = {.values = 4};
  EXPECT_TRUE(parse_json("[1,2,3]", limits));
  EXPECT_THAT(reread("[1,2,3,4]", limits), HasSubstr("too many values"));
  EXPECT_TRUE(parse_json(R"({"a":{"b":1,"c":2}})", limits));
  EXPECT_FALSE(parse_json(R"({"a":{"b":1,"c":[2]}})", limits));
}

TEST(Json, names_no_content_in_its_errors) {
  EXPECT_EQ(parse_json(R"({"secret":"value","secret":1})").error.find("secret"), std::string::npos);
}

TEST(JsonString, escapes_what_has_to_be_escaped) {
  EXPECT_EQ(json_string(""), R"("")");
  EXPECT_EQ(json_string("便り 📮"), R"("便り 📮")");
  EXPECT_EQ(json_string("a\"b\\c\nd\re\tf"), R"("a\"b\\c\nd\re\tf")");
  EXPECT_EQ(json_string("\0\x1F\x7F"s), "\"\\u0000\\u001f\x7F\"");
}

TEST(JsonString, is_read_back_as_it_was) {
  std::string text;
  for (char c = 0; c < 0x7F; ++c) text.push_back(c);
  EXPECT_EQ(parse_json(json_string(text)).value->as_string(), text);
}

}  // namespace
}  // namespace tayori::base
