#include "text/appearance.h"

#include <gtest/gtest.h>

namespace retrochat {
namespace {

TEST(Appearance, is_found_by_the_names_it_gives) {
  for (const Palette each : kPalettes) EXPECT_EQ(palette_of(name(each)), each);
  for (const Scheme each : kSchemes) EXPECT_EQ(scheme_of(name(each)), each);
}

TEST(Appearance, is_nothing_by_other_names) {
  for (const std::string_view text : {"", "Beige", "beige ", "\"><script>", "automatic"}) {
    EXPECT_EQ(palette_of(text), std::nullopt) << text;
    EXPECT_EQ(scheme_of(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace retrochat
