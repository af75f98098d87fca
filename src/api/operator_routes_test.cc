#include "api/operator_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "api/api_over_loopback.h"
#include "net/masked_frame.h"

namespace tayori::api {
namespace {

using testing::HasSubstr;

/// The value that /metrics shows of `name` with its labels, "" when it is not there.
std::string metric(ApiOverLoopback& api, const std::string& name) {
  const std::string body = "\n" + api.get("/metrics").body;
  const std::size_t at = body.find("\n" + name + " ");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 2;
  return body.substr(begin, body.find('\n', begin) - begin);
}

TEST(OperatorRoutes, say_that_the_server_lives) {
  ApiOverLoopback api;
  const net::HttpAnswer answer = api.get("/healthz");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "ok\n");
  EXPECT_EQ(answer.field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(api.call("HEAD", "/healthz").status, 200);
}

TEST(OperatorRoutes, say_whether_the_server_takes_pages) {
  ApiOverLoopback api;
  EXPECT_EQ(api.get("/readyz").body, "ready\n");
  api.is_ready = false;
  EXPECT_EQ(outcome(api.get("/readyz")), "503 shutting_down");
  EXPECT_EQ(api.get("/healthz").status, 200);
}

TEST(OperatorRoutes, show_metrics_as_prometheus_reads_them) {
  ApiOverLoopback api;
  const net::HttpAnswer answer = api.get("/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("# TYPE tayori_sessions gauge\n"));
  EXPECT_THAT(answer.body, HasSubstr("# TYPE tayori_deliveries_total counter\n"));
  for (const ErrorFacts& told : kErrorFacts) {
    EXPECT_EQ(metric(api, "tayori_refusals_total{reason=\"" + std::string(told.name) + "\"}"), "0");
  }
}

TEST(OperatorRoutes, count_sessions_messages_and_deliveries) {
  ApiOverLoopback api;
  net::LoopbackPeer page = api.connect();
  page.send(
      "GET /_ah/channel/ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" +
      net::masked_frame("t{\"token\":\"" + api.token("ann") + "\"}"));
  ASSERT_TRUE(page.until([&] { return api.loop_hub.counters().sessions_open.value() == 1; }));
  EXPECT_EQ(member(api.post("/v1/broadcast", R"({"message":"x"})"), "cursor"), "epoch-2");
  EXPECT_EQ(metric(api, "tayori_sessions"), "1");
  EXPECT_EQ(metric(api, "tayori_sessions_opened_total"), "1");
  EXPECT_EQ(metric(api, "tayori_clients_present"), "1");
  EXPECT_EQ(metric(api, "tayori_deliveries_total"), "1");
  EXPECT_EQ(metric(api, "tayori_history_messages"), "1");
  EXPECT_NE(metric(api, "tayori_history_bytes"), "0");

  page.send(net::masked_frame("c"));
  ASSERT_TRUE(page.until([&] { return api.loop_hub.counters().sessions_open.value() == 0; }));
  EXPECT_EQ(metric(api, "tayori_sessions"), "0");
  EXPECT_EQ(metric(api, "tayori_sessions_opened_total"), "1");
  EXPECT_EQ(metric(api, "tayori_clients_present"), "0");
}

TEST(OperatorRoutes, count_refusals_by_reason) {
  ApiOverLoopback api({.api_key = "key"});
  api.get("/nothing");
  api.get("/nothing");
  api.post("/v1/broadcast", "{}");
  EXPECT_EQ(metric(api, "tayori_refusals_total{reason=\"not_found\"}"), "2");
  EXPECT_EQ(metric(api, "tayori_refusals_total{reason=\"unauthorized\"}"), "1");
}

TEST(OperatorRoutes, count_connections_requests_and_bytes) {
  ApiOverLoopback api;
  net::LoopbackPeer idle = api.connect();
  api.get("/healthz");
  ASSERT_TRUE(idle.until([&] { return api.loop.traffic().connections_open.value() == 1; }));
  // The request that shows them is one of them.
  EXPECT_EQ(metric(api, "tayori_connections"), "2");
  EXPECT_EQ(metric(api, "tayori_connections_accepted_total"), "4");
  EXPECT_EQ(metric(api, "tayori_http_requests_total"), "4");
  EXPECT_EQ(metric(api, "tayori_connections_refused_total"), "0");
  EXPECT_EQ(metric(api, "tayori_received_bytes_total").empty(), false);
  EXPECT_GT(std::stod(metric(api, "tayori_sent_bytes_total")), 1'000.0);
}

TEST(OperatorRoutes, count_what_gave_way_to_which_limit_of_history) {
  ApiOverLoopback api;
  const auto evicted = [&](const std::string& limit) {
    return metric(api, "tayori_history_evictions_total{limit=\"" + limit + "\"}");
  };
  const broker::HistoryLimits limits;
  for (std::size_t i = 0; i < limits.messages_per_topic + 2; ++i) {
    api.hub.publish({broker::Topic::everyone(), *Payload::parse("x")}, {});
  }
  EXPECT_EQ(evicted("history_messages"), "2");
  EXPECT_EQ(evicted("history_s"), "0");
  EXPECT_EQ(evicted("history_topic_bytes"), "0");
  EXPECT_EQ(evicted("history_bytes"), "0");
}

}  // namespace
}  // namespace tayori::api
