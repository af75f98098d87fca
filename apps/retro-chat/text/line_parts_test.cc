#include "text/line_parts.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>
#include <string>

namespace retrochat {
namespace {

boost::json::value vectors() {
  std::ifstream file(RETROCHAT_VECTORS "/line_parts.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return boost::json::parse(text);
}

std::string_view kind_of(const LinePart& part) {
  switch (part.kind) {
    case LinePart::Kind::text: return "text";
    case LinePart::Kind::link: return "link";
    case LinePart::Kind::call: return "call";
  }
  return {};
}

TEST(LineParts, cuts_lines_as_the_page_does) {
  const auto all = vectors();
  for (const auto& each : all.at("parts").as_array()) {
    const std::string line(each.at("line").as_string());
    boost::json::array cut;
    for (const LinePart& part : line_parts(line)) {
      cut.push_back(boost::json::array{kind_of(part), part.text});
    }
    EXPECT_EQ(boost::json::value(cut), each.at("parts")) << line;
  }
}

TEST(LineParts, hears_who_is_called_as_the_page_does) {
  const auto all = vectors();
  for (const auto& each : all.at("calls").as_array()) {
    const std::string line(each.at("line").as_string());
    const std::string handle(each.at("handle").as_string());
    EXPECT_EQ(calls(line, handle), each.at("calls").as_bool()) << line;
  }
}

}  // namespace
}  // namespace retrochat
