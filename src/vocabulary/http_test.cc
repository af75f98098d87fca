#include "tayori/http.h"

#include <gtest/gtest.h>

namespace tayori {
namespace {

HttpRequest with_fields(std::vector<HttpField> fields) {
  HttpRequest request;
  request.fields = std::move(fields);
  return request;
}

TEST(HttpRequest, finds_a_field_in_any_case_and_takes_the_first) {
  const auto request = with_fields({{"X-One", "1"}, {"x-ONE", "2"}, {"Other", ""}});
  EXPECT_EQ(request.field("x-one"), "1");
  EXPECT_EQ(request.field("other"), "");
  EXPECT_EQ(request.field("absent"), "");
}

TEST(HttpRequest, finds_path_values_by_their_exact_name) {
  HttpRequest request;
  request.path_values = {{"owner", "ann"}, {"number", "1"}};
  EXPECT_EQ(request.path_value("number"), "1");
  EXPECT_EQ(request.path_value("Owner"), "");
}

TEST(HttpRequest, decodes_query_values) {
  HttpRequest request;
  request.query = "channel=a%2Bb+c&channel=second&client";
  EXPECT_EQ(request.query_value("channel"), "a+b c");
  EXPECT_EQ(request.query_value("client"), "");
  EXPECT_EQ(request.query_value("absent"), "");
}

TEST(HttpRequest, decodes_form_values_of_a_form_only) {
  HttpRequest request;
  request.body = "from=%E4%BE%BF&to=x";
  EXPECT_EQ(request.form_value("from"), "");
  request.fields = {{"Content-Type", "Application/X-WWW-Form-Urlencoded ; charset=UTF-8"}};
  EXPECT_EQ(request.form_value("from"), "便");
  request.fields = {{"Content-Type", "text/plain"}};
  EXPECT_EQ(request.form_value("from"), "");
}

TEST(HttpRequest, finds_a_cookie_by_its_exact_name) {
  const auto request = with_fields({{"Cookie", "a=1; session=x=y ;empty=; b=2;novalue"}});
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("session"), "x=y");
  EXPECT_EQ(request.cookie("empty"), "");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("novalue"), "");
  EXPECT_EQ(request.cookie("ession"), "");
  EXPECT_EQ(HttpRequest().cookie("a"), "");
}

TEST(HttpResponse, names_the_type_of_its_body) {
  EXPECT_EQ(HttpResponse::text(200, "a").fields.at(0).value, "text/plain; charset=utf-8");
  EXPECT_EQ(HttpResponse::html(404, "a").fields.at(0).value, "text/html; charset=utf-8");
  EXPECT_EQ(HttpResponse::html(404, "a").status, 404);
  const HttpResponse json = HttpResponse::json(201, "{}");
  EXPECT_EQ(json.fields.at(0).name, "Content-Type");
  EXPECT_EQ(json.fields.at(0).value, "application/json");
  EXPECT_EQ(json.body, "{}");
}

TEST(HttpResponse, sends_the_browser_elsewhere_with_a_get) {
  const HttpResponse response = HttpResponse::see_other("/rooms/ann/1?x=é");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(response.fields.at(0).name, "Location");
  EXPECT_EQ(response.fields.at(0).value, "/rooms/ann/1?x=é");
}

TEST(HttpResponse, lets_no_location_end_its_line) {
  EXPECT_EQ(HttpResponse::see_other("/a b\r\nSet-Cookie: x").fields.at(0).value,
            "/a%20b%0D%0ASet-Cookie:%20x");
}

}  // namespace
}  // namespace tayori
