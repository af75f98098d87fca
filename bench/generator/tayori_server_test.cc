// What the generator asks of the real server, and that every message of it is accounted for.
#include "generator/tayori_server.h"

#include <gtest/gtest.h>

#include "measure/fan_out.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kBatch = TayoriServer::kBatch;

Programs programs() {
  return {.tayori = BENCH_TAYORI, .bare_loop = {}, .send_stub = {}, .call_counter = {}};
}

TEST(TayoriServer, brings_what_was_missed_to_a_session_that_opens) {
  TayoriServer server(programs());
  const auto tokens = server.create_channels(3);
  server.broadcast(2);
  server.take_answers(2);
  server.open(tokens, 2);
}

TEST(TayoriServer, posts_to_one_session_after_another) {
  TayoriServer server(programs());
  server.open(server.create_channels(3));
  server.post_each(7);
  server.sessions().read(0, 7);
  server.take_post_answers(7);
}

TEST(TayoriServer, posts_batches_whose_every_message_arrives) {
  TayoriServer server(programs());
  server.open(server.create_channels(kBatch + 3));
  server.post_batches(2);
  server.sessions().read(0, 2 * kBatch);
  server.take_post_answers(2);
}

TEST(TayoriServer, costs_cpu_a_post_and_a_batch_that_the_meter_sees) {
  TayoriServer server(programs());
  server.open(server.create_channels(2 * kBatch));
  EXPECT_GT(post_cost(server, 1).count(), 0);
  EXPECT_GT(batch_cost(server, 2).count(), 0);
}

}  // namespace
}  // namespace tayori::bench
