#include <fmt/core.h>

#include "generator/candidate.h"
#include "report/report.h"

namespace tayori::bench {
namespace {

/// Three significant figures are more than the machine gives.
std::string number(double value) {
  return value < 1     ? fmt::format("{:.3f}", value)
         : value < 100 ? fmt::format("{:.2f}", value)
                       : fmt::format("{:.0f}", value);
}

std::string with_unit(double value, const std::string& unit) {
  return unit.empty() ? number(value) : number(value) + " " + unit;
}

void print_line(const std::string& what, const std::string& goal, const std::string& measured,
                const std::string& tayori, const std::string& bare_loop,
                const std::string& verdict) {
  fmt::print("{:<50} {:>11} {:>10} {:>12} {:>12}   {}\n", what, goal, measured, tayori, bare_loop,
             verdict);
}

void print_figure(const Figure& figure) {
  const std::string goal =
      "≤ " +
      (figure.goal >= 10 ? fmt::format("{:.0f}", figure.goal) : fmt::format("{}", figure.goal)) +
      (figure.is_ratio() ? "" : " " + figure.goal_unit);
  print_line(figure.what, goal, figure.is_ratio() ? number(figure.measured()) : "",
             with_unit(median(figure.tayori), figure.unit),
             figure.bare_loop.empty() ? "" : with_unit(median(figure.bare_loop), figure.unit),
             figure.is_met() ? "met" : "missed");
}

}  // namespace

void print_table(const Report& report) {
  fmt::print("{}, {} cores, {}, {}\n", report.machine.cpu, report.machine.cores,
             report.machine.kernel, report.machine.compiler);
  fmt::print(
      "{} bytes, {} sessions, medians of {} rounds; ratios are to the bare loop's broadcast of the "
      "same round\n\n",
      kMessageBytes, report.sessions, report.rounds);
  print_line("", "goal", "ratio", "tayori", "bare loop", "");
  for (const auto& figure : report.figures) print_figure(figure);
  if (report.machine.is_shared()) {
    fmt::print(
        "\nOthers kept {:.0f} % of this machine busy before the run: take the times as indications "
        "only.\n",
        report.machine.busy_before * 100);
  }
}

}  // namespace tayori::bench
