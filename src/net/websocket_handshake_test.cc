#include "net/websocket_handshake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

namespace tayori::net {
namespace {

/// The request of RFC 6455 section 1.3.
HttpRequest opening() {
  HttpRequest request;
  request.method = "GET";
  request.path = "/chat";
  request.fields = {{"Host", "server.example.com"},
                    {"Upgrade", "websocket"},
                    {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                    {"Sec-WebSocket-Version", "13"}};
  return request;
}

HttpRequest opening_with(std::string_view name, std::string_view value) {
  HttpRequest request = opening();
  for (HttpField& field : request.fields) {
    if (field.name == name) field.value = value;
  }
  return request;
}

HttpRequest opening_without(std::string_view name) {
  HttpRequest request = opening();
  std::erase_if(request.fields, [&](const HttpField& field) { return field.name == name; });
  return request;
}

std::string field(const HttpResponse& response, std::string_view name) {
  const auto found = std::ranges::find(response.fields, name, &HttpField::name);
  return found == response.fields.end() ? "" : found->value;
}

ErrorCode refusal(const HttpRequest& request) {
  const auto answer = accept_upgrade(request, "tayori.v1");
  EXPECT_FALSE(answer);
  return answer ? ErrorCode::internal_error : answer.error().code;
}

TEST(AcceptUpgrade, answers_the_request_of_the_rfc) {
  const auto answer = accept_upgrade(opening(), "tayori.v1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 101);
  EXPECT_EQ(field(*answer, "Upgrade"), "websocket");
  EXPECT_EQ(field(*answer, "Connection"), "Upgrade");
  EXPECT_EQ(field(*answer, "Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(field(*answer, "Sec-WebSocket-Protocol"), "");
  EXPECT_EQ(field(*answer, "Sec-WebSocket-Extensions"), "");
  EXPECT_EQ(answer->body, "");
}

TEST(AcceptUpgrade, echoes_the_subprotocol_when_it_is_offered) {
  for (const auto* offered : {"tayori.v1", "chat, tayori.v1", "tayori.v1,other"}) {
    HttpRequest request = opening();
    request.fields.push_back({"Sec-WebSocket-Protocol", offered});
    EXPECT_EQ(field(*accept_upgrade(request, "tayori.v1"), "Sec-WebSocket-Protocol"), "tayori.v1");
  }
  HttpRequest request = opening();
  request.fields.push_back({"sec-websocket-protocol", "chat"});
  request.fields.push_back({"sec-websocket-protocol", "tayori.v1"});
  EXPECT_EQ(field(*accept_upgrade(request, "tayori.v1"), "Sec-WebSocket-Protocol"), "tayori.v1");
}

TEST(AcceptUpgrade, names_no_subprotocol_that_was_not_offered) {
  for (const auto* offered : {"", "chat", "Tayori.V1", "tayori.v1x", ",,"}) {
    HttpRequest request = opening();
    request.fields.push_back({"Sec-WebSocket-Protocol", offered});
    const auto answer = accept_upgrade(request, "tayori.v1");
    ASSERT_TRUE(answer) << offered;
    EXPECT_EQ(field(*answer, "Sec-WebSocket-Protocol"), "") << offered;
  }
}

TEST(AcceptUpgrade, takes_lists_and_any_case) {
  EXPECT_TRUE(accept_upgrade(opening_with("Connection", "keep-alive, UPGRADE"), ""));
  EXPECT_TRUE(accept_upgrade(opening_with("Upgrade", "h2c, WebSocket"), ""));
  HttpRequest request = opening_with("Connection", "keep-alive");
  request.fields.push_back({"connection", "upgrade"});
  EXPECT_TRUE(accept_upgrade(request, ""));
}

TEST(AcceptUpgrade, asks_for_an_upgrade_where_none_was_asked_for) {
  for (const auto* name : {"Upgrade", "Connection"}) {
    EXPECT_EQ(refusal(opening_without(name)), ErrorCode::upgrade_required) << name;
  }
  EXPECT_EQ(refusal(opening_with("Upgrade", "h2c")), ErrorCode::upgrade_required);
  EXPECT_EQ(refusal(opening_with("Connection", "close")), ErrorCode::upgrade_required);
  EXPECT_EQ(refusal({}), ErrorCode::upgrade_required);
}

TEST(AcceptUpgrade, asks_for_version_13) {
  for (const auto* version : {"", "8", "130", "013", "13, 8"}) {
    EXPECT_EQ(refusal(opening_with("Sec-WebSocket-Version", version)), ErrorCode::upgrade_required);
  }
  EXPECT_EQ(refusal(opening_without("Sec-WebSocket-Version")), ErrorCode::upgrade_required);
}

TEST(AcceptUpgrade, refuses_a_key_that_is_not_16_bytes_in_base64) {
  for (const auto* key : {"", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ", "AAAA",
                          "dGhlIHNhbXBsZSBub25jZQ===", "dGhlIHNhbXBsZSBub25jZTE=",
                          "dGhlIHNhbXBsZSBub25j-Q==", "dGhlIHNhbX\r\nZSBub25jZQ=="}) {
    EXPECT_EQ(refusal(opening_with("Sec-WebSocket-Key", key)), ErrorCode::invalid_request) << key;
  }
  EXPECT_EQ(refusal(opening_without("Sec-WebSocket-Key")), ErrorCode::invalid_request);
}

TEST(AcceptUpgrade, refuses_repeated_fields) {
  for (const auto& [name, value] : {std::pair("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
                                    std::pair("sec-websocket-version", "13")}) {
    HttpRequest request = opening();
    request.fields.push_back({name, value});
    EXPECT_EQ(refusal(request), ErrorCode::invalid_request);
  }
}

TEST(AcceptUpgrade, takes_get_only) {
  HttpRequest request = opening();
  request.method = "POST";
  EXPECT_EQ(refusal(request), ErrorCode::invalid_request);
}

TEST(UpgradeFields, say_what_is_spoken_here) {
  EXPECT_THAT(upgrade_fields(), testing::Contains(testing::AllOf(
                                    testing::Field(&HttpField::name, "Sec-WebSocket-Version"),
                                    testing::Field(&HttpField::value, "13"))));
}

}  // namespace
}  // namespace tayori::net
