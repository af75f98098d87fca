#include "base/bytes.h"

#include <gtest/gtest.h>

namespace tayori::base {
namespace {

TEST(Bytes, units_are_powers_of_1024) {
  static_assert(64_KiB == 65'536);
  static_assert(1_MiB == 1'048'576);
  static_assert(0_KiB == 0);
}

}  // namespace
}  // namespace tayori::base
