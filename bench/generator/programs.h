// Programs: where the built programs lie, seen from the one that runs.
//
// Threads: any.
#pragma once

#include <filesystem>

namespace tayori::bench {

struct Programs {
  std::filesystem::path tayori;
  std::filesystem::path bare_loop;
  std::filesystem::path send_stub;
  std::filesystem::path call_counter;

  /// All beside the running program in the build's bench/, but for tayori, which is in its bin/.
  static Programs of_this_build();
};

}  // namespace tayori::bench
