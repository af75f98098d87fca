#include "reposts/secret_box.h"

#include <gtest/gtest.h>
#include <sodium.h>

namespace retrochat {
namespace {

class SecretBoxTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }
};

TEST_F(SecretBoxTest, opens_what_the_same_key_sealed) {
  const std::string sealed = SecretBox("key").seal("token");
  EXPECT_EQ(SecretBox("key").open(sealed), "token");
  EXPECT_EQ(SecretBox("key").open(SecretBox("key").seal("")), "");
}

TEST_F(SecretBoxTest, opens_nothing_of_another_key) {
  const std::string sealed = SecretBox("key").seal("token");
  EXPECT_EQ(SecretBox("kez").open(sealed), std::nullopt);
  EXPECT_EQ(SecretBox("").open(sealed), std::nullopt);
}

TEST_F(SecretBoxTest, without_a_key_each_box_has_its_own) {
  const SecretBox one("");
  const SecretBox other("");
  EXPECT_EQ(one.open(one.seal("token")), "token");
  EXPECT_EQ(other.open(one.seal("token")), std::nullopt);
}

TEST_F(SecretBoxTest, opens_nothing_that_was_changed_in_any_byte_or_cut) {
  const SecretBox box("key");
  const std::string sealed = box.seal("token");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_EQ(box.open(changed), std::nullopt) << at;
    EXPECT_EQ(box.open(sealed.substr(0, at)), std::nullopt) << at;
  }
  EXPECT_EQ(box.open(sealed + '\0'), std::nullopt);
}

TEST_F(SecretBoxTest, seals_the_same_secret_differently_each_time_and_shows_nothing_of_it) {
  const SecretBox box("key");
  const std::string sealed = box.seal("a token that is long enough to be found");
  EXPECT_NE(sealed, box.seal("a token that is long enough to be found"));
  EXPECT_EQ(sealed.find("token"), std::string::npos);
}

}  // namespace
}  // namespace retrochat
