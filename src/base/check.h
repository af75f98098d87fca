// CHECK: the end of the process when an invariant of ours is broken.
//
//   CHECK(used_ <= capacity_, "push refuses what would pass the capacity");
//
// Holds in every build. Never for anything an outsider can cause: that is an error value.
//
// Threads: any.
#pragma once

#include <string_view>

namespace tayori::base {

/// Logs the broken condition with its place and aborts.
[[noreturn]] void check_failed(std::string_view condition, std::string_view why, const char* file,
                               int line) noexcept;

}  // namespace tayori::base

#define CHECK(condition, why)   \
  (static_cast<bool>(condition) \
       ? static_cast<void>(0)   \
       : ::tayori::base::check_failed(#condition, why, __FILE__, __LINE__))
