#include "run/goals.h"

#include <utility>

namespace tayori::bench {
namespace {

struct Line {
  std::string key;
  std::string what;
};

Figure ratio(Line line, double goal, Samples tayori, Samples bare_loop) {
  return {.key = std::move(line.key),
          .what = std::move(line.what),
          .goal = goal,
          .goal_unit = "",
          .unit = "µs",
          .tayori = std::move(tayori),
          .bare_loop = std::move(bare_loop)};
}

Figure amount(Line line, double goal, const std::string& unit, Samples tayori, Samples bare_loop) {
  return {.key = std::move(line.key),
          .what = std::move(line.what),
          .goal = goal,
          .goal_unit = unit,
          .unit = unit,
          .tayori = std::move(tayori),
          .bare_loop = std::move(bare_loop)};
}

}  // namespace

std::vector<Figure> held_against_goals(const RoundSamples& rounds, const SteadySamples& steady) {
  const auto& [tayori, bare, open, ten_in_flight, post, batch] = rounds;
  // One yardstick for all costs: the bare loop's broadcast, one at a time.
  const Samples& yardstick = bare.one_at_a_time;
  return {
      ratio({"broadcast_one_at_a_time", "broadcast, one at a time"}, 1.05, tayori.one_at_a_time,
            yardstick),
      ratio({"broadcast_ten_in_flight", "broadcast, ten in flight"}, 0.13, ten_in_flight,
            yardstick),
      ratio({"post_to_delivery", "one HTTP POST → one delivery"}, 2.8, post, yardstick),
      ratio({"batch_of_32", "HTTP batch of 32 → 32 deliveries, each"}, 1.3, batch, yardstick),
      amount({"idle_session_bytes", "idle session, user space, of 10,000"}, 750, "bytes",
             {steady.tayori_idle_bytes}, {steady.bare_loop_idle_bytes}),
      amount({"open_us", "open, with token check and replay"}, 30, "µs", open, {}),
      ratio({"latency_p50", "latency of a broadcast, p50"}, 1.1, tayori.latency_p50,
            bare.latency_p50),
      ratio({"latency_p99", "latency of a broadcast, p99"}, 1.1, tayori.latency_p99,
            bare.latency_p99),
      amount({"user_space_ns", "user space of a delivery, send stubbed"}, 30, "ns",
             {steady.tayori_user_space_ns}, {steady.bare_loop_user_space_ns}),
  };
}

}  // namespace tayori::bench
