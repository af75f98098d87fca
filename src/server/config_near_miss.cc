#include "server/config_near_miss.h"

#include <algorithm>
#include <vector>

namespace tayori::server {

namespace {

// Beyond this nobody mistyped; and the distance costs the product of the lengths.
constexpr std::size_t kNameBytes = 64;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::vector<std::size_t>;
  Row before_last(b.size() + 1);
  Row last(b.size() + 1);
  Row row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string> near_miss(std::string_view name, std::span<const std::string> names) {
  if (name.empty() || name.size() > kNameBytes) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& each : names) {
    const std::size_t distance = edit_distance(name, each);
    if (distance < least) {
      least = distance;
      nearest = each;
    }
  }
  return nearest;
}

}  // namespace tayori::server
