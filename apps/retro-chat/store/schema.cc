#include "store/schema.h"

#include <algorithm>
#include <charconv>

#include "store/assets.h"

namespace retrochat {

std::vector<Migration> schema() {
  std::vector<Migration> steps;
  for (const Asset& asset : assets()) {
    constexpr std::string_view kFolder = "migrations/";
    if (!asset.name.starts_with(kFolder)) continue;
    const std::string_view file = asset.name.substr(kFolder.size());
    Migration step{0, asset.bytes};
    std::from_chars(file.data(), file.data() + file.size(), step.number);
    steps.push_back(step);
  }
  std::ranges::sort(steps, {}, &Migration::number);
  return steps;
}

}  // namespace retrochat
