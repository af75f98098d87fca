#include "base/base64.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tayori::base {
namespace {

using namespace std::string_literals;

struct Case {
  const char* bytes;
  const char* standard;
  const char* url;
};

// RFC 4648 section 10.
constexpr Case kCases[] = {{"", "", ""},
                           {"f", "Zg==", "Zg"},
                           {"fo", "Zm8=", "Zm8"},
                           {"foo", "Zm9v", "Zm9v"},
                           {"foob", "Zm9vYg==", "Zm9vYg"},
                           {"fooba", "Zm9vYmE=", "Zm9vYmE"},
                           {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
                           {"\xFB\xFF", "+/8=", "-_8"}};

TEST(Base64, writes_the_vectors_of_the_rfc) {
  for (const Case& c : kCases) {
    EXPECT_EQ(base64_encode(c.bytes), c.standard);
    EXPECT_EQ(base64url_encode(c.bytes), c.url);
  }
}

TEST(Base64, encodes_bytes_like_text) {
  const std::byte bytes[] = {std::byte{0xFB}, std::byte{0xFF}};
  EXPECT_EQ(base64_encode(bytes), "+/8=");
  EXPECT_EQ(base64url_encode(bytes), "-_8");
}

TEST(Base64, appends_behind_what_is_there) {
  std::string text = "a.";
  append_base64url(text, "foo");
  EXPECT_EQ(text, "a.Zm9v");
}

TEST(Base64, reads_what_it_wrote) {
  for (const Case& c : kCases) EXPECT_EQ(base64url_decode(c.url), c.bytes);
  Random random = Random::seeded(1);
  for (std::size_t size = 0; size < 100; ++size) {
    std::string bytes(size, '\0');
    random.fill(std::as_writable_bytes(std::span(bytes)));
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
  }
}

TEST(Base64, refuses_bits_that_stand_for_nothing) {
  EXPECT_EQ(base64url_decode("Zh"), std::nullopt);   // "f" is Zg
  EXPECT_EQ(base64url_decode("Zm9"), std::nullopt);  // "fo" is Zm8
}

TEST(Base64, refuses_lengths_that_no_bytes_have) {
  EXPECT_EQ(base64url_decode("Z"), std::nullopt);
  EXPECT_EQ(base64url_decode("Zm9vA"), std::nullopt);
}

TEST(Base64, refuses_padding_blanks_and_the_other_alphabet) {
  for (const std::string& text : {"Zg=="s, "Zm 9v"s, " Zm9"s, "Zm9v\n"s, "-/8"s, "+_8"s, "Zm\0v"s,
                                  "\xC3\xBC"
                                  "AA"s}) {
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tayori::base
