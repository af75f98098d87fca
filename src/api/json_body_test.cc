#include "api/json_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tayori::api {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

HttpRequest with_body(std::string body, std::string type = "application/json") {
  HttpRequest request;
  request.method = "POST";
  request.path = "/";
  request.body = std::move(body);
  if (!type.empty()) request.fields.push_back({"Content-Type", std::move(type)});
  return request;
}

Result<JsonBody> parse(std::string body) {
  return JsonBody::of(with_body(std::move(body)), {"text", "number", "list"});
}

Error refusal(std::string body) {
  const auto parsed = parse(std::move(body));
  EXPECT_FALSE(parsed);
  return parsed ? Error::of(ErrorCode::internal_error, "it was taken") : parsed.error();
}

constexpr auto kOtherwise = ErrorCode::invalid_message;

TEST(JsonBody, gives_members_by_name) {
  auto body = parse(R"( {"text":"便\n","number":-7,"list":["a","b"]} )");
  ASSERT_TRUE(body);
  EXPECT_EQ(*body->string("text", kOtherwise), "便\n");
  EXPECT_EQ(*body->whole_number("number", kOtherwise), std::optional<std::int64_t>(-7));
  EXPECT_THAT(*body->strings("list", kOtherwise), ElementsAre("a", "b"));
}

TEST(JsonBody, keeps_every_character_of_a_string) {
  const auto text = [](const std::string& json) {
    return *parse("{\"text\":" + json + "}")->string("text", kOtherwise);
  };
  EXPECT_EQ(text(R"("")"), "");
  EXPECT_EQ(text(R"("\u0000\u001f\u007f")"), "\0\x1f\x7f"s);
  EXPECT_EQ(text(R"("\ud83d\ude00\/\"\\")"), "😀/\"\\");
}

TEST(JsonBody, has_nothing_for_what_may_be_missing) {
  for (const char* json : {"{}", R"({"number":null,"list":null})"}) {
    const auto body = parse(json);
    ASSERT_TRUE(body);
    EXPECT_EQ(*body->whole_number("number", kOtherwise), std::nullopt);
    EXPECT_THAT(*body->strings("list", kOtherwise), IsEmpty());
  }
}

TEST(JsonBody, says_which_string_is_missing_or_none) {
  EXPECT_EQ(parse("{}")->string("text", kOtherwise).error(),
            Error::of(kOtherwise, "text is missing."));
  for (const char* json : {"1", "1.5", "true", "null", "[]", "{}", R"(["a"])"}) {
    const auto text = parse("{\"text\":"s + json + "}")->string("text", kOtherwise);
    ASSERT_FALSE(text) << json;
    EXPECT_EQ(text.error(), Error::of(kOtherwise, "text has to be a string.")) << json;
  }
}

TEST(JsonBody, takes_whole_numbers_alone) {
  for (const char* json : {"1.5", "1.0", "1e2", "\"1\"", "true", "false", "[]", "{}",
                           "9223372036854775808", "18446744073709551616", "-9223372036854775809"}) {
    const auto number = parse("{\"number\":"s + json + "}")->whole_number("number", kOtherwise);
    ASSERT_FALSE(number) << json;
    EXPECT_EQ(number.error(), Error::of(kOtherwise, "number has to be a whole number.")) << json;
  }
  EXPECT_EQ(*parse(R"({"number":9223372036854775807})")->whole_number("number", kOtherwise),
            std::optional(std::numeric_limits<std::int64_t>::max()));
}

TEST(JsonBody, takes_arrays_of_strings_alone) {
  for (const char* json : {"1", "\"a\"", "{}", "[1]", R"(["a",null])", R"(["a",["b"]])", "true"}) {
    const auto list = parse("{\"list\":"s + json + "}")->strings("list", kOtherwise);
    ASSERT_FALSE(list) << json;
    EXPECT_EQ(list.error(), Error::of(kOtherwise, "list has to be an array of strings.")) << json;
  }
}

TEST(JsonBody, names_a_member_that_nobody_asks_for) {
  EXPECT_EQ(refusal(R"({"text":"a","tekst":"b"})"),
            Error::of(ErrorCode::invalid_request, R"(This call has no member called "tekst".)"));
  EXPECT_EQ(refusal(R"({"Text":"a"})").code, ErrorCode::invalid_request);
  EXPECT_EQ(refusal(R"({"":"a"})").code, ErrorCode::invalid_request);
}

TEST(JsonBody, refuses_what_is_no_object) {
  for (const char* json : {"[]", "\"text\"", "1", "null", "true", "[{}]"}) {
    EXPECT_EQ(refusal(json),
              Error::of(ErrorCode::invalid_json, "The body has to be one JSON object."))
        << json;
  }
}

TEST(JsonBody, refuses_what_is_no_json) {
  for (const char* json :
       {"", " ", "{", "{}x", "{}{}", "{'text':'a'}", "{text:1}", "{\"text\":}", "{\"text\":\"a\",}",
        "{\"text\":\"a\"", "{\"text\":\"\n\"}", "{\"number\":01}", "{\"number\":NaN}",
        "{\"number\":Infinity}", "/**/{}", "{\"text\":\"\\x\"}", "\xef\xbb\xbf{}"}) {
    EXPECT_EQ(refusal(json).code, ErrorCode::invalid_json) << json;
  }
}

TEST(JsonBody, refuses_text_that_is_no_unicode) {
  for (const char* json :
       {"{\"text\":\"\xff\"}", "{\"text\":\"\xc0\xaf\"}", "{\"text\":\"\xed\xa0\x80\"}",
        R"({"text":"\ud800"})", R"({"text":"\udc00\ud800"})", "{\"\xff\":1}"}) {
    EXPECT_EQ(refusal(json).code, ErrorCode::invalid_json) << json;
  }
}

TEST(JsonBody, refuses_a_key_that_stands_twice) {
  const Error error = refusal(R"({"text":"a","text":"b"})");
  EXPECT_EQ(error.code, ErrorCode::invalid_json);
  EXPECT_THAT(error.detail, HasSubstr("twice"));
  EXPECT_EQ(refusal(R"({"text":"a","te\u0078t":"b"})").code, ErrorCode::invalid_json);
}

TEST(JsonBody, refuses_nesting_without_harm) {
  for (const std::size_t depth : {17U, 10'000U, 1'000'000U}) {
    EXPECT_EQ(refusal(std::string(depth, '[')).code, ErrorCode::invalid_json);
    EXPECT_EQ(refusal("{\"list\":" + std::string(depth, '[') + std::string(depth, ']') + "}").code,
              ErrorCode::invalid_json);
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i) objects += "{\"list\":";
    EXPECT_EQ(refusal(objects).code, ErrorCode::invalid_json);
  }
}

TEST(JsonBody, refuses_more_values_than_any_call_has) {
  std::string list = "{\"list\":[\"\"";
  for (int i = 0; i < 200'000; ++i) list += ",\"\"";
  EXPECT_EQ(refusal(list + "]}").code, ErrorCode::invalid_json);
}

TEST(JsonBody, quotes_nothing_of_a_body_it_cannot_read) {
  EXPECT_THAT(refusal(R"({"text":"a secret)").detail, testing::Not(HasSubstr("secret")));
}

TEST(JsonBody, comes_as_json_and_as_nothing_else) {
  const auto is_taken = [](const std::string& type) {
    return JsonBody::of(with_body("{}", type), {}).has_value();
  };
  for (const char* type :
       {"application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json;charset=UTF-8", " application/json "}) {
    EXPECT_TRUE(is_taken(type)) << type;
  }
  for (const char* type :
       {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx",
        "application/problem+json", "text/plain; application/json", "*/*"}) {
    EXPECT_FALSE(is_taken(type)) << type;
    EXPECT_EQ(JsonBody::of(with_body("{}", type), {}).error().code,
              ErrorCode::unsupported_media_type);
  }
}

class JsonBodyMembers : public testing::Test {
 protected:
  static JsonBody body(const std::string& json) {
    return *JsonBody::of(with_body("{\"a\":" + json + "}"), {"a"});
  }
};

TEST_F(JsonBodyMembers, that_may_be_missing_are_strings_or_nothing) {
  EXPECT_EQ(*body(R"("x")").optional_string("a", kOtherwise), std::optional<std::string>("x"));
  EXPECT_EQ(*body(R"("")").optional_string("a", kOtherwise), std::optional<std::string>(""));
  EXPECT_EQ(*body("null").optional_string("a", kOtherwise), std::nullopt);
  EXPECT_EQ(*body("1").optional_string("b", kOtherwise), std::nullopt);
  for (const char* json : {"1", "true", "[]", "{}"})
    EXPECT_EQ(body(json).optional_string("a", kOtherwise).error().code, kOtherwise) << json;
}

TEST_F(JsonBodyMembers, are_true_or_false_and_false_when_missing) {
  EXPECT_TRUE(*body("true").truth("a"));
  EXPECT_FALSE(*body("false").truth("a"));
  EXPECT_FALSE(*body("null").truth("a"));
  EXPECT_FALSE(*body("true").truth("b"));
  for (const char* json : {"0", "1", R"("true")", "[]", "{}"})
    EXPECT_EQ(body(json).truth("a").error().code, ErrorCode::invalid_request) << json;
}

TEST_F(JsonBodyMembers, are_given_unless_they_are_missing_or_null) {
  EXPECT_TRUE(body("false").has("a"));
  EXPECT_TRUE(body("\"\"").has("a"));
  EXPECT_FALSE(body("null").has("a"));
  EXPECT_FALSE(body("1").has("b"));
}

TEST_F(JsonBodyMembers, may_be_arrays_of_objects_each_checked_by_itself) {
  auto objects = body(R"([{"x":1},{"y":1},{}])").objects("a", {"x"});
  ASSERT_TRUE(objects);
  ASSERT_EQ(objects->size(), 3U);
  EXPECT_EQ(*(*objects)[0]->whole_number("x", kOtherwise), std::optional<std::int64_t>(1));
  EXPECT_EQ((*objects)[1].error().code, ErrorCode::invalid_request);
  EXPECT_FALSE((*objects)[2]->has("x"));
  EXPECT_TRUE(body("[]").objects("a", {})->empty());
  for (const char* json : {"null", "1", "{}", "[1]", "[{},null]", "[[]]"})
    EXPECT_EQ(body(json).objects("a", {}).error().code, ErrorCode::invalid_request) << json;
}

}  // namespace
}  // namespace tayori::api
