// What an unknown name was probably meant to be.
//
// Threads: any (pure functions).
// Source:  Damerau, "A technique for computer detection and correction of spelling errors", 1964
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tayori::server {

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The one of `names` nearest to `name`, when it is near enough to be meant: a third of its length may differ.
std::optional<std::string> near_miss(std::string_view name, std::span<const std::string> names);

}  // namespace tayori::server
