#include "measure/delivery_counts.h"

#include "measure/fan_out.h"

namespace tayori::bench {

DeliveryCounts count_deliveries(Candidate& candidate, const Probe& probe, std::size_t in_flight,
                                std::size_t bursts) {
  candidate.meter().wait_until_quiet();
  ProbePage& page = probe.page();
  page.frame_writes = 0;
  page.other_calls = 0;
  page.allocations = 0;
  broadcast_cost(candidate, in_flight, bursts);
  const double deliveries = static_cast<double>(bursts * in_flight * candidate.sessions().size());
  return {static_cast<double>(page.frame_writes) / deliveries,
          static_cast<double>(page.other_calls) / deliveries,
          static_cast<double>(page.allocations) / deliveries};
}

}  // namespace tayori::bench
