// run: measures tayori against the bare loop and prints one table of figures beside their goals.
//
//   run [--server PROGRAM] [--results FILE] [--rounds N]
//
// Times are reported, never judged: it exits with 0 whether or not goals are met.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "generator/process_limits.h"
#include "generator/programs.h"
#include "measure/idle_memory.h"
#include "measure/user_space_cost.h"
#include "report/report.h"
#include "run/goals.h"
#include "run/rounds.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kSessions = 1'000;
constexpr std::size_t kIdleSessions = 10'000;
/// For all rounds together. With what is measured once it stays below three minutes.
constexpr std::chrono::seconds kBudget{120};

struct Options {
  Programs programs = Programs::of_this_build();
  std::filesystem::path results = "build/bench/results.json";
  std::size_t rounds = 9;
};

SteadySamples measure_steady(const Programs& programs) {
  fmt::print(stderr, "memory of idle sessions, user space of a delivery\n");
  return {.tayori_idle_bytes = tayori_bytes_per_session(programs, kIdleSessions),
          .bare_loop_idle_bytes = bare_loop_bytes_per_session(programs, kIdleSessions),
          .tayori_user_space_ns = tayori_user_space_cost(programs, kSessions).count(),
          .bare_loop_user_space_ns = bare_loop_user_space_cost(programs, kSessions).count()};
}

void run(const Options& options) {
  Report report{.machine = Machine::look(),
                .date = utc_now(),
                .revision = git_revision(),
                .command = fmt::format("bench/run --rounds {}", options.rounds),
                .sessions = kSessions,
                .rounds = 0,
                .figures = {}};
  raise_open_files_limit();
  pin_to_core(kGeneratorCore);
  const SteadySamples steady = measure_steady(options.programs);
  const RoundSamples rounds = play_rounds(options.programs, options.rounds, kSessions, kBudget);
  report.rounds = rounds.rounds();
  report.figures = held_against_goals(rounds, steady);
  print_table(report);
  write_results(report, options.results);
}

}  // namespace
}  // namespace tayori::bench

int main(int argc, char** argv) try {
  tayori::bench::Options options;
  CLI::App app("Tayori against a bare loop of send()");
  app.add_option("--server", options.programs.tayori, "The tayori program to measure");
  app.add_option("--results", options.results, "Where to write the results as JSON")
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "Interleaved rounds")
      ->check(CLI::Range(1, 25))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  tayori::bench::run(options);
  return 0;
} catch (const std::exception& failure) {
  fmt::print(stderr, "run: {}\n", failure.what());
  return 1;
}
