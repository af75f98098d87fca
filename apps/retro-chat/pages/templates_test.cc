#include "pages/templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pages/dictionary.h"
#include "store/assets.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Templates, each_begins_with_the_escape_pragma) {
  std::size_t templates = 0;
  for (const Asset& asset : assets()) {
    if (!asset.name.starts_with("templates/")) continue;
    ++templates;
    EXPECT_TRUE(asset.bytes.starts_with(kEscapePragma)) << asset.name;
  }
  EXPECT_GE(templates, 8U);
}

TEST(Templates, none_switches_escaping_off) {
  for (const Asset& asset : assets()) {
    if (!asset.name.starts_with("templates/")) continue;
    for (const char* off : {":none", ":x-", "{{=", "MANUAL"})
      EXPECT_THAT(std::string(asset.bytes), Not(HasSubstr(off)));
  }
}

TEST(Templates, none_carries_script_or_style_inline) {
  for (const Asset& asset : assets()) {
    if (!asset.name.starts_with("templates/")) continue;
    for (const char* part :
         {"<script>", " style=", "<style", " onclick", " onload", "javascript:"}) {
      EXPECT_THAT(std::string(asset.bytes), Not(HasSubstr(part))) << asset.name;
    }
  }
}

std::string wrong_with(std::string_view text) {
  const Asset file{"templates/one.tpl", text, ""};
  const auto loaded = Templates::load({&file, 1});
  const auto* wrong = std::get_if<std::string>(&loaded);
  return wrong != nullptr ? *wrong : "";
}

TEST(Templates, all_load) {
  EXPECT_TRUE(std::holds_alternative<std::unique_ptr<Templates>>(Templates::load(assets())));
}

TEST(Templates, one_without_the_pragma_is_refused) {
  EXPECT_THAT(wrong_with("<p>{{X}}</p>"), HasSubstr("one.tpl does not begin"));
}

TEST(Templates, one_that_cannot_be_parsed_is_refused) {
  const std::string pragma(kEscapePragma);
  EXPECT_THAT(wrong_with(pragma + "<p>{{X}}</p>"), IsEmpty());
  ::testing::internal::CaptureStderr();
  EXPECT_THAT(wrong_with(pragma + "{{#A}}<p>"), HasSubstr("cannot be parsed"));
  EXPECT_THAT(wrong_with(pragma + "<p {{X}}=1>"), HasSubstr("cannot be parsed"));
  ::testing::internal::GetCapturedStderr();
}

}  // namespace
}  // namespace retrochat
