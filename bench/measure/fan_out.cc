#include "measure/fan_out.h"

#include <algorithm>
#include <vector>

#include "generator/statistics.h"

namespace tayori::bench {
namespace {

/// Server CPU of one message, over `bursts` quiet bursts: `post` asks for one, by `posts` POSTs that
/// carry `messages` in all.
template <typename Post>
Nanoseconds cost_of_posts(TayoriServer& server, std::size_t bursts, std::size_t posts,
                          std::size_t messages, const Post& post) {
  const ProcessMeter& meter = server.meter();
  const Nanoseconds before = meter.quiet_run_time();
  for (std::size_t burst = 0; burst < bursts; ++burst) {
    post();
    meter.wait_until_quiet();
    server.sessions().read(0, messages);
    server.take_post_answers(posts);
  }
  return (meter.quiet_run_time() - before) / static_cast<double>(bursts * messages);
}

}  // namespace

void warm_up(Candidate& candidate) {
  broadcast_cost(candidate, 1, 3);
  broadcast_cost(candidate, 10, 1);
}

Nanoseconds broadcast_cost(Candidate& candidate, std::size_t in_flight, std::size_t bursts) {
  const ProcessMeter& meter = candidate.meter();
  const std::size_t deliveries = candidate.sessions().size() * in_flight;
  const Nanoseconds before = meter.quiet_run_time();
  for (std::size_t burst = 0; burst < bursts; ++burst) {
    candidate.broadcast(in_flight);
    meter.wait_until_quiet();
    candidate.sessions().read(0, deliveries);
    candidate.take_answers(in_flight);
  }
  return (meter.quiet_run_time() - before) / static_cast<double>(bursts * deliveries);
}

Nanoseconds post_cost(TayoriServer& server, std::size_t bursts) {
  constexpr std::size_t kPosts = TayoriServer::kPublishers;
  return cost_of_posts(server, bursts, kPosts, kPosts, [&] { server.post_each(kPosts); });
}

Nanoseconds batch_cost(TayoriServer& server, std::size_t bursts) {
  // No session gets two messages in a burst, since those would leave together in one write.
  const std::size_t batches =
      std::min(TayoriServer::kPublishers, server.sessions().size() / TayoriServer::kBatch);
  return cost_of_posts(server, bursts, batches, batches * TayoriServer::kBatch,
                       [&] { server.post_batches(batches); });
}

Latency broadcast_latency(Candidate& candidate, std::size_t broadcasts) {
  std::vector<Nanoseconds> latencies;
  for (std::size_t i = 0; i < broadcasts; ++i) {
    candidate.meter().wait_until_quiet();
    const auto start = Sessions::Clock::now();
    candidate.broadcast(1);
    for (const auto arrival : candidate.sessions().time_arrivals(candidate.sessions().size())) {
      latencies.emplace_back(arrival - start);
    }
    candidate.take_answers(1);
  }
  return {percentile(latencies, 0.50), percentile(latencies, 0.99)};
}

}  // namespace tayori::bench
