// 64_KiB, 1_MiB: sizes in bytes, as literals.
//
//   using base::operator""_KiB;
//
// Threads: any (constants).
#pragma once

#include <cstddef>

namespace tayori::base {
inline namespace literals {

consteval std::size_t operator""_KiB(unsigned long long count) {
  return static_cast<std::size_t>(count) * 1024;
}
consteval std::size_t operator""_MiB(unsigned long long count) {
  return static_cast<std::size_t>(count) * 1024 * 1024;
}

}  // namespace literals
}  // namespace tayori::base
