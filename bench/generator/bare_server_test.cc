// The yardstick, the sessions and the probes together, on the one server whose every call is known.
#include "generator/bare_server.h"

#include <gtest/gtest.h>

#include "generator/failure.h"
#include "measure/delivery_counts.h"
#include "measure/fan_out.h"

namespace tayori::bench {
namespace {

Programs programs() {
  return {.tayori = {},
          .bare_loop = BENCH_BARE_LOOP,
          .send_stub = BENCH_SEND_STUB,
          .call_counter = BENCH_CALL_COUNTER};
}

TEST(BareServer, brings_every_broadcast_to_every_session) {
  BareServer server(programs());
  server.open(20);
  server.broadcast(3);
  server.take_answers(3);
  server.sessions().read(0, 60);
}

TEST(BareServer, sends_nothing_to_nobody) {
  BareServer server(programs());
  server.open(2);
  server.send_to_nobody();
  server.take_answers(1);
  server.meter().wait_until_quiet();
  server.sessions().read(0, 0);
}

TEST(BareServer, costs_cpu_that_the_meter_sees) {
  BareServer server(programs());
  server.open(50);
  EXPECT_GT(broadcast_cost(server, 1, 2).count(), 0);
}

TEST(Sessions, end_the_run_at_a_message_too_many) {
  BareServer server(programs());
  server.open(2);
  server.broadcast(2);
  server.meter().wait_until_quiet();
  EXPECT_THROW(server.sessions().read(0, 2), Failure);
}

TEST(ChildProcess, quotes_a_server_that_does_not_start) {
  ChildProcess process({.program = BENCH_BARE_LOOP, .arguments = {"not-a-number"}});
  try {
    process.read_line();
    FAIL() << "bare_loop took a word for a number";
  } catch (const Failure& failure) {
    EXPECT_NE(std::string(failure.what()).find("usage: bare_loop"), std::string::npos);
  }
}

#ifdef BENCH_PROBES_CAN_LOAD
TEST(CallCounter, sees_one_write_a_delivery_and_no_allocation) {
  const Probe probe(programs().call_counter);
  BareServer server(programs(), &probe);
  server.open(100);
  const DeliveryCounts counts = count_deliveries(server, probe, 1, 5);
  EXPECT_EQ(counts.frame_writes, 1.0);
  // Of each broadcast: the wait, the command and its answer.
  EXPECT_NEAR(counts.other_calls, 0.03, 0.001);
  EXPECT_EQ(counts.allocations, 0.0);
}

TEST(SendStub, keeps_frames_from_the_kernel_once_it_is_told_to) {
  const Probe probe(programs().send_stub);
  BareServer server(programs(), &probe);
  server.open(10);
  server.broadcast(1);
  server.take_answers(1);
  server.sessions().read(0, 10);
  probe.page().stub_frames = true;
  server.broadcast(2);
  server.take_answers(2);
  server.sessions().read(0, 0);
  EXPECT_EQ(probe.page().stubbed, 20u);
}
#endif

}  // namespace
}  // namespace tayori::bench
