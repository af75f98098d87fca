#include "access/api_key.h"

#include <gtest/gtest.h>

namespace tayori::access {
namespace {

const ApiKey kKey("correct horse");

HttpRequest with(std::vector<HttpField> fields) {
  HttpRequest request;
  request.fields = std::move(fields);
  return request;
}

HttpRequest with(std::string name, std::string value) {
  return with({{std::move(name), std::move(value)}});
}

TEST(ApiKey, admits_the_key_as_bearer_or_in_its_own_field) {
  EXPECT_TRUE(kKey.admits(with("Authorization", "Bearer correct horse")));
  EXPECT_TRUE(kKey.admits(with("authorization", "bearer   correct horse")));
  EXPECT_TRUE(kKey.admits(with("X-API-Key", "correct horse")));
  EXPECT_TRUE(kKey.admits(with("x-api-key", "correct horse")));
}

TEST(ApiKey, admits_nothing_else) {
  EXPECT_FALSE(kKey.admits({}));
  for (const auto* value :
       {"", "Bearer", "Bearer ", "Bearer correct", "Bearer Correct Horse", "Bearer correct horse!",
        "correct horse", "Basic correct horse", "Bearercorrect horse", "Token correct horse"}) {
    EXPECT_FALSE(kKey.admits(with("Authorization", value))) << value;
  }
  for (const auto* value : {"", "correct", "correct horse ", "Bearer correct horse"}) {
    EXPECT_FALSE(kKey.admits(with("X-API-Key", value))) << value;
  }
}

TEST(ApiKey, admits_by_one_field_when_the_other_is_wrong) {
  EXPECT_TRUE(
      kKey.admits(with({{"Authorization", "Basic dXNlcjpwYXNz"}, {"X-API-Key", "correct horse"}})));
}

TEST(ApiKey, looks_at_the_first_of_a_repeated_field) {
  EXPECT_FALSE(kKey.admits(with({{"X-API-Key", "wrong"}, {"X-API-Key", "correct horse"}})));
}

TEST(ApiKey, admits_nobody_when_empty) {
  const ApiKey empty("");
  EXPECT_FALSE(empty.admits({}));
  EXPECT_FALSE(empty.admits(with("X-API-Key", "")));
  EXPECT_FALSE(empty.admits(with("Authorization", "Bearer ")));
}

TEST(ApiKey, admits_by_the_key_that_replaced_it_only) {
  ApiKey key("first");
  key.replace("second");
  EXPECT_FALSE(key.admits(with("X-API-Key", "first")));
  EXPECT_TRUE(key.admits(with("X-API-Key", "second")));
  key.replace("");
  EXPECT_FALSE(key.admits(with("X-API-Key", "second")));
  EXPECT_FALSE(key.admits(with("X-API-Key", "")));
}

}  // namespace
}  // namespace tayori::access
