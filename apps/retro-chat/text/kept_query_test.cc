#include "text/kept_query.h"

#include <gtest/gtest.h>

#include <string>

namespace retrochat {
namespace {

TEST(KeptQuery, drops_what_is_chosen_anew) {
  EXPECT_EQ(kept_query(""), "");
  EXPECT_EQ(kept_query("lang=ja&palette=amber&scheme=dark"), "");
  EXPECT_EQ(kept_query("q=a&lang=ja&page=2"), "q=a&page=2&");
  EXPECT_EQ(kept_query("&&language=ja"), "language=ja&");
}

TEST(KeptQuery, is_no_address_elsewhere) {
  EXPECT_EQ(kept_query("javascript:alert(1)"), "javascript%3Aalert(1)&");
}

TEST(KeptQuery, forgets_a_long_one) { EXPECT_EQ(kept_query("q=" + std::string(2'000, 'a')), ""); }

}  // namespace
}  // namespace retrochat
