#include "api/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "base/json.h"

namespace tayori::api {
namespace {

std::string field(const HttpResponse& response, std::string_view name) {
  const auto found = std::find_if(response.fields.begin(), response.fields.end(),
                                  [&](const HttpField& each) { return each.name == name; });
  return found == response.fields.end() ? "" : found->value;
}

boost::json::object document(const Error& error) {
  return boost::json::parse(problem(error).body).as_object();
}

std::string text(const boost::json::object& document, std::string_view name) {
  return std::string(document.at(name).as_string());
}

TEST(Problem, of_every_code_is_a_document_with_its_status) {
  for (std::size_t i = 0; i < kErrorFacts.size(); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    const ErrorFacts& told = facts(code);
    const HttpResponse response = problem(Error::of(code));
    EXPECT_EQ(response.status, told.http_status);
    EXPECT_EQ(response.reason, "");
    EXPECT_EQ(field(response, "Content-Type"), "application/problem+json");
    const auto members = document(Error::of(code));
    EXPECT_EQ(members.size(), 7U);
    EXPECT_EQ(text(members, "type"), "urn:tayori:error:" + std::string(told.name));
    EXPECT_EQ(text(members, "title"), told.sentence);
    EXPECT_EQ(text(members, "detail"), told.sentence);
    EXPECT_EQ(text(members, "code"), told.name);
    EXPECT_EQ(text(members, "description"), told.description);
    EXPECT_EQ(members.at("reconnect").as_bool(), told.reconnect);
    EXPECT_EQ(members.at("status").as_int64(), told.http_status);
  }
}

TEST(Problem, tells_this_case_from_others_of_its_code) {
  const auto members = document(Error::of(ErrorCode::invalid_message, "message is missing."));
  EXPECT_EQ(text(members, "detail"), "message is missing.");
  EXPECT_EQ(text(members, "title"), facts(ErrorCode::invalid_message).sentence);
}

TEST(Problem, is_json_whatever_the_detail_holds) {
  const std::string detail = "a \"quoted\" \\ line\r\n\x01 </script> 便り";
  EXPECT_EQ(text(document(Error::of(ErrorCode::invalid_json, detail)), "detail"), detail);
  EXPECT_EQ(text(document(Error::of(ErrorCode::invalid_json, "not \xff UTF-8")), "detail"),
            facts(ErrorCode::invalid_json).sentence);
}

TEST(Problem, names_the_scheme_where_a_key_is_asked_for) {
  EXPECT_EQ(field(problem(Error::of(ErrorCode::unauthorized)), "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(field(problem(Error::of(ErrorCode::invalid_token)), "WWW-Authenticate"), "");
}

TEST(Problem, says_when_to_come_back) {
  EXPECT_EQ(field(problem(Error::of(ErrorCode::overloaded)), "Retry-After"), "1");
  EXPECT_EQ(field(problem(Error::of(ErrorCode::shutting_down)), "Retry-After"), "1");
  EXPECT_EQ(field(problem(Error::of(ErrorCode::not_found)), "Retry-After"), "");
}

TEST(Problem, says_what_to_upgrade_to) {
  const HttpResponse response = problem(Error::of(ErrorCode::upgrade_required));
  EXPECT_EQ(response.status, 426);
  EXPECT_EQ(field(response, "Upgrade"), "websocket");
  EXPECT_EQ(field(response, "Connection"), "Upgrade");
  EXPECT_EQ(field(response, "Sec-WebSocket-Version"), "13");
}

}  // namespace
}  // namespace tayori::api
