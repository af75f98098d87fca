#include "generator/process_limits.h"

#include <sched.h>
#include <sys/resource.h>

#include "generator/failure.h"

namespace tayori::bench {

void raise_open_files_limit() {
  rlimit limit{};
  checked(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  checked(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

void pin_to_core(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<std::size_t>(core), &cores);
  checked(::sched_setaffinity(0, sizeof cores, &cores), "sched_setaffinity (two cores are needed)");
}

}  // namespace tayori::bench
