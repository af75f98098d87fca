// What the generator asks of the machine for itself and, by inheritance, for its servers.
//
// Threads: set up only.
#pragma once

namespace tayori::bench {

/// The server has this core to itself, the generator the other one.
inline constexpr int kServerCore = 0;
inline constexpr int kGeneratorCore = 1;

/// Raises the number of open files from the soft limit to the hard one.
void raise_open_files_limit();

/// Binds the calling process to `core`. A Failure when the machine has no such core.
void pin_to_core(int core);

}  // namespace tayori::bench
