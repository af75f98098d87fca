#include "generator/process_meter.h"

#include <filesystem>
#include <fstream>
#include <thread>

#include "generator/deadline.h"
#include "generator/failure.h"

namespace tayori::bench {
namespace {

/// Between two looks. Longer than a thread stays off its core between two pieces of one job.
constexpr std::chrono::microseconds kMoment{500};

/// The state letter of a thread; it follows the name, which is in parentheses and may hold
/// anything.
char state_in(const std::string& stat) {
  const auto name_end = stat.rfind(')');
  return name_end == std::string::npos || name_end + 2 >= stat.size() ? 'X' : stat[name_end + 2];
}

}  // namespace

ProcessMeter::ProcessMeter(pid_t pid) : folder_("/proc/" + std::to_string(pid)) {}

ProcessMeter::Reading ProcessMeter::read() const {
  Reading reading;
  std::error_code gone;
  for (const auto& task : std::filesystem::directory_iterator(folder_ + "/task", gone)) {
    std::uint64_t run_time_ns = 0;
    std::ifstream(task.path() / "schedstat") >> run_time_ns;
    reading.run_time_ns += run_time_ns;
    std::string stat;
    std::getline(std::ifstream(task.path() / "stat"), stat);
    if (state_in(stat) != 'S') reading.sleeping = false;
  }
  if (gone || reading.run_time_ns == 0) throw Failure("the server has ended");
  return reading;
}

void ProcessMeter::wait_until_quiet() const {
  const Deadline deadline;
  Reading before = read();
  for (;;) {
    std::this_thread::sleep_for(kMoment);
    const Reading now = read();
    if (before.sleeping && now.sleeping && before.run_time_ns == now.run_time_ns) return;
    deadline.check("the server to become quiet");
    before = now;
  }
}

Nanoseconds ProcessMeter::quiet_run_time() const {
  wait_until_quiet();
  return Nanoseconds(static_cast<double>(read().run_time_ns));
}

std::uint64_t ProcessMeter::private_dirty_bytes() const {
  std::ifstream rollup(folder_ + "/smaps_rollup");
  for (std::string line; std::getline(rollup, line);) {
    if (line.starts_with("Private_Dirty:"))
      return std::stoull(line.substr(line.find(':') + 1)) * 1024;
  }
  throw Failure("smaps_rollup has no Private_Dirty");
}

}  // namespace tayori::bench
