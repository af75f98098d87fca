#include "run/rounds.h"

#include <fmt/core.h>

#include "generator/bare_server.h"
#include "generator/tayori_server.h"
#include "measure/fan_out.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kSingleBursts = 50;
constexpr std::size_t kTenfoldBursts = 20;
constexpr std::size_t kPostBursts = 50;
constexpr std::size_t kBatchBursts = 20;
constexpr std::size_t kTimedBroadcasts = 40;

double microseconds(Nanoseconds time) { return time.count() / 1'000; }

void measure_fan_out(Candidate& candidate, FanOutSamples& samples) {
  warm_up(candidate);
  samples.one_at_a_time.push_back(microseconds(broadcast_cost(candidate, 1, kSingleBursts)));
  const Latency latency = broadcast_latency(candidate, kTimedBroadcasts);
  samples.latency_p50.push_back(microseconds(latency.p50));
  samples.latency_p99.push_back(microseconds(latency.p99));
}

/// Server CPU of a session's opening: connection, upgrade, token check, and the replay of one
/// message that was sent after the token was made.
Nanoseconds open_cost(TayoriServer& server, std::size_t sessions) {
  const auto tokens = server.create_channels(sessions);
  server.broadcast(1);
  server.take_answers(1);
  const Nanoseconds before = server.meter().quiet_run_time();
  server.open(tokens, 1);
  return (server.meter().quiet_run_time() - before) / static_cast<double>(sessions);
}

void measure_tayori(const Programs& programs, std::size_t sessions, RoundSamples& samples) {
  TayoriServer server(programs);
  samples.open.push_back(microseconds(open_cost(server, sessions)));
  measure_fan_out(server, samples.tayori);
  samples.ten_in_flight.push_back(microseconds(broadcast_cost(server, 10, kTenfoldBursts)));
  samples.post.push_back(microseconds(post_cost(server, kPostBursts)));
  batch_cost(server, 1);  // The first makes buffers of connections as large as a batch.
  samples.batch.push_back(microseconds(batch_cost(server, kBatchBursts)));
}

void measure_bare_loop(const Programs& programs, std::size_t sessions, RoundSamples& samples) {
  BareServer server(programs);
  server.open(sessions);
  measure_fan_out(server, samples.bare_loop);
}

}  // namespace

RoundSamples play_rounds(const Programs& programs, std::size_t rounds, std::size_t sessions,
                         std::chrono::seconds budget) {
  const auto end = std::chrono::steady_clock::now() + budget;
  RoundSamples samples;
  for (std::size_t round = 0; round < rounds; ++round) {
    if (round > 0 && std::chrono::steady_clock::now() > end) break;
    fmt::print(stderr, "round {} of {}\n", round + 1, rounds);
    if (round % 2 == 0) {
      measure_tayori(programs, sessions, samples);
      measure_bare_loop(programs, sessions, samples);
    } else {
      measure_bare_loop(programs, sessions, samples);
      measure_tayori(programs, sessions, samples);
    }
  }
  return samples;
}

}  // namespace tayori::bench
