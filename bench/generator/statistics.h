// The two statistics that a noisy machine leaves meaningful: a median and a percentile.
//
// Threads: any.
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace tayori::bench {

/// The value that `share` (0 to 1) of `values` do not exceed, by nearest rank. REQUIRES: not empty.
template <typename T>
T percentile(std::vector<T> values, double share) {
  const auto rank = std::lround(share * static_cast<double>(values.size() - 1));
  const auto nth = values.begin() + rank;
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

/// The middle one; of an even number, the upper of the two. REQUIRES: not empty.
template <typename T>
T median(std::vector<T> values) {
  return percentile(std::move(values), 0.5);
}

}  // namespace tayori::bench
