#include "generator/programs.h"

namespace tayori::bench {

Programs Programs::of_this_build() {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return {.tayori = folder.parent_path() / "bin" / "tayori",
          .bare_loop = folder / "bare_loop",
          .send_stub = folder / "send_stub.so",
          .call_counter = folder / "call_counter.so"};
}

}  // namespace tayori::bench
