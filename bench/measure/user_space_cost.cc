#include "measure/user_space_cost.h"

#include <string>
#include <vector>

#include "generator/bare_server.h"
#include "generator/deadline.h"
#include "generator/failure.h"
#include "generator/probe.h"
#include "generator/statistics.h"
#include "generator/tayori_server.h"
#include "measure/fan_out.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kSeries = 9;
constexpr std::size_t kRequests = 200;

/// One broadcast with stubbed deliveries. Spins until all are counted, so that the next one finds
/// no one waiting.
void broadcast_stubbed(Candidate& candidate, const ProbePage& page) {
  const Deadline deadline;
  const std::uint64_t wanted = page.stubbed.load() + candidate.sessions().size();
  candidate.broadcast(1);
  candidate.take_answers(1);
  while (page.stubbed.load(std::memory_order_acquire) < wanted)
    deadline.check("stubbed deliveries");
  if (page.stubbed.load() != wanted) throw Failure("more frame writes than sessions");
}

Nanoseconds one_series(Candidate& candidate, const ProbePage& page) {
  const Nanoseconds start = candidate.meter().quiet_run_time();
  for (std::size_t i = 0; i < kRequests; ++i) broadcast_stubbed(candidate, page);
  const Nanoseconds between = candidate.meter().quiet_run_time();
  for (std::size_t i = 0; i < kRequests; ++i) {
    candidate.send_to_nobody();
    candidate.take_answers(1);
  }
  const Nanoseconds end = candidate.meter().quiet_run_time();
  const double deliveries = static_cast<double>(kRequests * candidate.sessions().size());
  return ((between - start) - (end - between)) / deliveries;
}

Nanoseconds median_cost(Candidate& candidate, const Probe& probe) {
  warm_up(candidate);
  probe.page().stub_frames = true;
  std::vector<Nanoseconds> costs;
  for (std::size_t i = 0; i < kSeries; ++i) costs.push_back(one_series(candidate, probe.page()));
  return median(costs);
}

}  // namespace

Nanoseconds tayori_user_space_cost(const Programs& programs, std::size_t sessions) {
  const Probe probe(programs.send_stub);
  TayoriServer server(programs, &probe);
  server.open(server.create_channels(sessions));
  return median_cost(server, probe);
}

Nanoseconds bare_loop_user_space_cost(const Programs& programs, std::size_t sessions) {
  const Probe probe(programs.send_stub);
  BareServer server(programs, &probe);
  server.open(sessions);
  return median_cost(server, probe);
}

}  // namespace tayori::bench
