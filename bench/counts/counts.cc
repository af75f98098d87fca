// counts: the gate on what a delivery may take in system calls and allocations. Exits with 1 when
// one passes its limit.
//
// Counts, unlike times, are the same on a busy machine, so CI may insist on them.
//
//   counts [--server PROGRAM]
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <string_view>

#include "generator/failure.h"
#include "generator/probe.h"
#include "generator/process_limits.h"
#include "generator/programs.h"
#include "generator/tayori_server.h"
#include "measure/delivery_counts.h"
#include "measure/fan_out.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kSessions = 1'000;
constexpr std::size_t kBursts = 10;

/// Prints a count beside its limit; true when it is within.
bool holds(std::string_view what, double count, double limit) {
  const bool within = count <= limit;
  fmt::print("{:<62} {:>7.4f}   limit {:.2f}   {}\n", what, count, limit,
             within ? "met" : "MISSED");
  return within;
}

bool all_hold(const Programs& programs) {
  const Probe probe(programs.call_counter);
  TayoriServer server(programs, &probe);
  server.open(server.create_channels(kSessions));
  warm_up(server);
  const DeliveryCounts one = count_deliveries(server, probe, 1, kBursts);
  const DeliveryCounts ten = count_deliveries(server, probe, 10, kBursts);
  if (one.frame_writes == 0)
    throw Failure("no frame was seen: the server does not write through libc");

  fmt::print("Per delivery, {} sessions, {} broadcasts of {} bytes\n", kSessions, kBursts,
             kMessageBytes);
  bool good = holds("one at a time: writes to sessions", one.frame_writes, 1.0);
  // Nothing but the write may happen for each session: what is left is the request's, shared by all
  // of them.
  good &= holds("one at a time: other system calls", one.other_calls, 0.05);
  good &= holds("one at a time: allocations", one.allocations, 0.05);
  good &= holds("ten in flight: all system calls", ten.all_calls(), 0.2);
  good &= holds("ten in flight: allocations", ten.allocations, 0.05);
  return good;
}

}  // namespace
}  // namespace tayori::bench

int main(int argc, char** argv) try {
  auto programs = tayori::bench::Programs::of_this_build();
  CLI::App app("What a delivery takes in system calls and allocations, against its limits");
  app.add_option("--server", programs.tayori, "The tayori program to measure");
  CLI11_PARSE(app, argc, argv);
  tayori::bench::raise_open_files_limit();
  return tayori::bench::all_hold(programs) ? 0 : 1;
} catch (const std::exception& failure) {
  fmt::print(stderr, "counts: {}\n", failure.what());
  return 2;
}
