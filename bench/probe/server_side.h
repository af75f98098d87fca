// The probe's side of the ProbePage: found before main() of the server it is loaded into.
//
// Threads: any.
#pragma once

#include <dlfcn.h>

#include <cstddef>

#include "probe/probe_page.h"

namespace tayori::bench {

/// The page shared with the generator, or one of its own when there is none to share.
ProbePage& probe_page();

/// Whether `bytes` start a text frame for a session; HTTP answers and handshakes start with a
/// letter.
inline bool is_frame(const void* bytes, std::size_t size) {
  return size > 0 && *static_cast<const unsigned char*>(bytes) == 0x81;
}

/// libc's own function of this name.
template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace tayori::bench
