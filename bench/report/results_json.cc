#include <fmt/format.h>

#include <fstream>
#include <string>
#include <vector>

#include "generator/candidate.h"
#include "generator/failure.h"
#include "report/report.h"

namespace tayori::bench {
namespace {

/// `text` as a JSON string. Control characters are left out: no field here has a use for them.
std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
  }
  return quoted + "\"";
}

std::string rounded(double value) {
  return value < 1'000 ? fmt::format("{:.4g}", value) : fmt::format("{:.0f}", value);
}

std::string array_of(const Samples& samples) {
  std::string array = "[";
  for (const double sample : samples) array += (array.size() > 1 ? ", " : "") + rounded(sample);
  return array + "]";
}

std::string pair(const char* name, const std::string& value) {
  return fmt::format("\"{}\": {}", name, value);
}

std::string figure_json(const Figure& figure) {
  std::vector<std::string> members{
      pair("key", quoted(figure.key)), pair("what", quoted(figure.what)),
      pair("goal", rounded(figure.goal)),
      pair("goal_unit", quoted(figure.is_ratio() ? "ratio" : figure.goal_unit)),
      pair("unit", quoted(figure.unit))};
  const auto add = [&](const char* name, const std::string& value) {
    members.push_back(pair(name, value));
  };
  add("measured", rounded(figure.measured()));
  add("met", figure.is_met() ? "true" : "false");
  if (figure.is_ratio()) add("best_to_best", rounded(figure.best_to_best()));
  add("tayori", rounded(median(figure.tayori)));
  add("tayori_rounds", array_of(figure.tayori));
  if (!figure.bare_loop.empty()) {
    add("bare_loop", rounded(median(figure.bare_loop)));
    add("bare_loop_rounds", array_of(figure.bare_loop));
  }
  return fmt::format("{{{}}}", fmt::join(members, ", "));
}

std::string machine_json(const Machine& machine) {
  const std::vector<std::string> members{
      pair("cpu", quoted(machine.cpu)), pair("cores", std::to_string(machine.cores)),
      pair("kernel", quoted(machine.kernel)), pair("compiler", quoted(machine.compiler)),
      pair("busy_before", rounded(machine.busy_before))};
  return fmt::format("{{{}}}", fmt::join(members, ", "));
}

}  // namespace

void write_results(const Report& report, const std::filesystem::path& file) {
  std::vector<std::string> figures;
  for (const auto& figure : report.figures) figures.push_back(figure_json(figure));
  const std::vector<std::string> members{
      pair("date", quoted(report.date)),
      pair("revision", quoted(report.revision)),
      pair("command", quoted(report.command)),
      pair("machine", machine_json(report.machine)),
      pair("message_bytes", std::to_string(kMessageBytes)),
      pair("sessions", std::to_string(report.sessions)),
      pair("rounds", std::to_string(report.rounds)),
      pair("figures", fmt::format("[\n    {}\n  ]", fmt::join(figures, ",\n    ")))};

  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  out << fmt::format("{{\n  {}\n}}\n", fmt::join(members, ",\n  "));
  if (!out.flush()) throw Failure("cannot write " + file.filename().string());
}

}  // namespace tayori::bench
