// ProbePage: what a preloaded probe and the generator tell each other, in one page of shared
// memory.
//
// The generator makes it and passes its file descriptor in the environment; a server started
// without that variable is not changed by a probe.
//
// Threads: any (atomics).
// Source:  ld.so(8), LD_PRELOAD
#pragma once

#include <atomic>
#include <cstdint>

namespace tayori::bench {

/// Holds the number of the file descriptor.
inline constexpr const char* kProbeVariable = "BENCH_PROBE_FD";

struct ProbePage {
  /// Set by the generator: from now on writes of frames succeed without reaching the kernel.
  std::atomic<bool> stub_frames{false};
  /// Frame writes that were stubbed.
  std::atomic<std::uint64_t> stubbed{0};

  /// Calls that wrote one or more frames to a session.
  std::atomic<std::uint64_t> frame_writes{0};
  /// All other system calls made through libc's wrappers.
  std::atomic<std::uint64_t> other_calls{0};
  /// Calls of malloc and its kin, thus of operator new too.
  std::atomic<std::uint64_t> allocations{0};
};

}  // namespace tayori::bench
