#include "text/kept_query.h"

#include <gtest/gtest.h>

#include <string>

#include "text/limits.h"

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

TEST(KeptQuery, keeps_the_longest_search) {
  std::string query = "q=";
  for (std::size_t i = 0; i < limits::kSearchChars; ++i) query += "%F0%9F%8D%B5";
  query += "&before=9223372036854775807";
  EXPECT_EQ(kept_query(query), query + "&");
}

TEST(KeptQuery, forgets_a_long_one) { EXPECT_EQ(kept_query("q=" + std::string(2'000, 'a')), ""); }

}  // namespace
}  // namespace retrochat
