#include "base/digest.h"

#include <gtest/gtest.h>

namespace tayori::base {
namespace {

TEST(Digest, sha256_gives_the_vectors_of_fips_180) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, sha1_gives_the_vectors_of_fips_180) {
  EXPECT_EQ(hex(sha1("")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Digest, hex_writes_two_small_digits_a_byte) {
  const std::byte bytes[] = {std::byte{0x00}, std::byte{0x0A}, std::byte{0xF0}, std::byte{0xFF}};
  EXPECT_EQ(hex(bytes), "000af0ff");
  EXPECT_EQ(hex({}), "");
}

TEST(Digest, equality_means_the_same_bytes_and_length) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_constant_time("secret", "secreT"));
  EXPECT_FALSE(equal_constant_time("secret", "secre"));
  EXPECT_FALSE(equal_constant_time("", "s"));
  EXPECT_TRUE(equal_constant_time(sha256("a"), sha256("a")));
  EXPECT_FALSE(equal_constant_time(sha256("a"), sha256("b")));
}

}  // namespace
}  // namespace tayori::base
