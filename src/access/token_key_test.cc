#include "access/token_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori::access {
namespace {

const std::string kCurrent(32, 'c');
const std::string kPrevious(64, 'p');

TEST(TokenKeys, needs_32_bytes) {
  EXPECT_TRUE(TokenKeys::of(std::string(32, 'k')));
  for (const std::string& key : {std::string(), std::string(31, 'k')}) {
    const auto keys = TokenKeys::of(key);
    ASSERT_FALSE(keys);
    EXPECT_EQ(keys.error().code, ErrorCode::invalid_request);
    EXPECT_THAT(keys.error().detail, testing::HasSubstr("current token key has fewer than 32"));
  }
}

TEST(TokenKeys, needs_32_bytes_of_the_previous_key_too) {
  const auto keys = TokenKeys::of(kCurrent, "short");
  ASSERT_FALSE(keys);
  EXPECT_THAT(keys.error().detail, testing::HasSubstr("previous token key"));
}

TEST(TokenKeys, names_a_key_by_the_first_digits_of_its_digest) {
  // printf %s cccccccccccccccccccccccccccccccc | sha256sum
  EXPECT_EQ(TokenKeys::of(kCurrent)->current().kid(), "cd93782b");
}

TEST(TokenKeys, finds_keys_by_their_exact_name) {
  const auto keys = TokenKeys::of(kCurrent, kPrevious);
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->find(keys->current().kid()), &keys->current());
  EXPECT_EQ(keys->find(keys->previous()->kid()), keys->previous());
  EXPECT_EQ(keys->find(""), nullptr);
  EXPECT_EQ(keys->find("00000000"), nullptr);
  EXPECT_EQ(keys->find(keys->current().kid().substr(0, 7)), nullptr);
}

TEST(TokenKeys, ignores_a_previous_key_that_is_the_current_one) {
  EXPECT_EQ(TokenKeys::of(kCurrent)->previous(), nullptr);
  EXPECT_EQ(TokenKeys::of(kCurrent, kCurrent)->previous(), nullptr);
}

}  // namespace
}  // namespace tayori::access
