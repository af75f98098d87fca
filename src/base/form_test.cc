#include "base/form.h"

#include <gtest/gtest.h>

namespace tayori::base {
namespace {

using namespace std::string_literals;

TEST(PercentDecode, replaces_escapes_and_nothing_else) {
  EXPECT_EQ(percent_decode("/rooms/%E4%BE%BF%e3%82%8a/a+b"), "/rooms/便り/a+b");
  EXPECT_EQ(percent_decode(""), "");
  EXPECT_EQ(percent_decode("%00%2F%25"), "\0/%"s);
}

TEST(PercentDecode, refuses_a_percent_sign_that_is_no_escape) {
  for (const auto* text : {"%", "a%", "%4", "%4g", "%g4", "%%41", "% 41", "%+4"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
}

TEST(Form, reads_names_and_values_in_order) {
  EXPECT_EQ(parse_form("b=2&a=1&a=&=x&c&d=e=f"),
            (FormFields{{"b", "2"}, {"a", "1"}, {"a", ""}, {"", "x"}, {"c", ""}, {"d", "e=f"}}));
}

TEST(Form, passes_over_empty_parts) {
  EXPECT_EQ(parse_form(""), FormFields());
  EXPECT_EQ(parse_form("&&a=1&&"), (FormFields{{"a", "1"}}));
}

TEST(Form, decodes_plus_and_escapes_in_names_and_values) {
  EXPECT_EQ(parse_form("a+b%3D=c%26d+%E4%BE%BF"), (FormFields{{"a b=", "c&d 便"}}));
}

TEST(Form, leaves_a_percent_sign_that_is_no_escape_as_it_is) {
  EXPECT_EQ(parse_form("a=100%&b=%zz&c=%4"),
            (FormFields{{"a", "100%"}, {"b", "%zz"}, {"c", "%4"}}));
}

TEST(Form, refuses_more_fields_than_the_limit) {
  EXPECT_TRUE(parse_form("a=1&b=2", 2).has_value());
  EXPECT_EQ(parse_form("a=1&b=2&c=3", 2), std::nullopt);
  std::string many;
  for (std::size_t i = 0; i < kFormFields; ++i) many += "a&";
  EXPECT_TRUE(parse_form(many).has_value());
  EXPECT_EQ(parse_form(many + "a"), std::nullopt);
}

TEST(Form, finds_the_first_field_of_a_name) {
  EXPECT_EQ(form_value("x=0&from=ann&from=bob", "from"), "ann");
  EXPECT_EQ(form_value("fr%6Fm=a+b", "from"), "a b");
  EXPECT_EQ(form_value("from", "from"), "");
  EXPECT_EQ(form_value("From=ann&fromm=x", "from"), std::nullopt);
  EXPECT_EQ(form_value("", ""), std::nullopt);
}

TEST(Form, writes_what_it_reads) {
  const FormFields fields = {{"from", "便り & more"}, {"a b", "+%=\n"}, {"plain*-._", "0"}};
  EXPECT_EQ(form_encode(fields), "from=%E4%BE%BF%E3%82%8A+%26+more&a+b=%2B%25%3D%0A&plain*-._=0");
  EXPECT_EQ(parse_form(form_encode(fields)), fields);
}

}  // namespace
}  // namespace tayori::base
