#include "report/machine.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

namespace tayori::bench {
namespace {

std::string cpu_model() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

struct Ticks {
  double idle = 0;
  double all = 0;
};

/// The first line of /proc/stat: user nice system idle iowait irq softirq steal.
Ticks read_ticks() {
  std::string line;
  std::getline(std::ifstream("/proc/stat"), line);
  std::istringstream words(line.substr(4));
  Ticks ticks;
  double value = 0;
  for (int column = 0; column < 8 && words >> value; ++column) {
    ticks.all += value;
    if (column == 3 || column == 4) ticks.idle += value;
  }
  return ticks;
}

double busy_share() {
  const Ticks before = read_ticks();
  std::this_thread::sleep_for(std::chrono::milliseconds{500});
  const Ticks after = read_ticks();
  return after.all > before.all ? 1 - (after.idle - before.idle) / (after.all - before.all) : 0;
}

}  // namespace

Machine Machine::look() {
  utsname kernel{};
  ::uname(&kernel);
  return {.cpu = cpu_model(),
          .kernel = std::string(kernel.sysname) + " " + kernel.release,
          .cores = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)),
#ifdef __clang__
          .compiler = __VERSION__,
#else
          .compiler = "GCC " __VERSION__,
#endif
          .busy_before = busy_share()};
}

}  // namespace tayori::bench
