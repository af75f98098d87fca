// ProcessMeter: what a server has used so far, read from /proc by somebody who does not disturb it.
//
// CPU is the run time of all its threads. A reading is exact only while no thread runs, so a
// measurement is framed by two calls of wait_until_quiet().
//
// Threads: one.
// Source:  proc(5); Documentation/scheduler/sched-stats.rst of the Linux kernel
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace tayori::bench {

using Nanoseconds = std::chrono::duration<double, std::nano>;

class ProcessMeter {
 public:
  explicit ProcessMeter(pid_t pid);

  /// Sleeps until every thread of the server sleeps and none has run for a moment.
  void wait_until_quiet() const;

  /// The run time of all threads, waiting until they are quiet.
  [[nodiscard]] Nanoseconds quiet_run_time() const;

  /// Bytes of memory that the server alone has written to; the kernel's own memory is not among
  /// them.
  [[nodiscard]] std::uint64_t private_dirty_bytes() const;

 private:
  struct Reading {
    std::uint64_t run_time_ns = 0;
    bool sleeping = true;
  };
  [[nodiscard]] Reading read() const;

  std::string folder_;
};

}  // namespace tayori::bench
