#include "text/language.h"

namespace retrochat {
namespace {

/// Removes and returns what stands before the first `mark`.
std::string_view take_until(std::string_view& rest, char mark) {
  const std::size_t end = rest.find(mark);
  const std::string_view taken = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return taken;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A weight in thousandths: "" is 1000, "0.7" is 700. What is no weight counts as none at all.
int weight_of(std::string_view parameter) {
  if (parameter.empty()) return 1000;
  if (!parameter.starts_with("q=") || parameter.size() < 3) return 0;
  if (parameter[2] == '1') return 1000;
  if (parameter[2] != '0' || parameter.size() < 5 || parameter[3] != '.') return 0;
  int weight = 0;
  int unit = 100;
  for (const char digit : parameter.substr(4, 3)) {
    if (digit < '0' || digit > '9') return 0;
    weight += (digit - '0') * unit;
    unit /= 10;
  }
  return weight;
}

/// The language that a range such as "ja-JP" or "en" means.
std::optional<Language> primary_language(std::string_view range) {
  std::string_view primary = take_until(range, '-');
  if (primary == "ja" || primary == "JA") return Language::ja;
  if (primary == "en" || primary == "EN") return Language::en;
  return std::nullopt;
}

}  // namespace

std::string_view code(Language language) { return language == Language::ja ? "ja" : "en"; }

std::optional<Language> language_of(std::string_view text) {
  if (text == "ja") return Language::ja;
  if (text == "en") return Language::en;
  return std::nullopt;
}

Language choose_language(std::string_view asked, std::string_view remembered,
                         std::string_view accepted) {
  if (const auto language = language_of(asked)) return *language;
  if (const auto language = language_of(remembered)) return *language;
  Language best = Language::en;
  int best_weight = 0;
  while (!accepted.empty()) {
    std::string_view entry = take_until(accepted, ',');
    const std::string_view range = trimmed(take_until(entry, ';'));
    const auto language = primary_language(range);
    const int weight = weight_of(trimmed(entry));
    if (language && weight > best_weight) {
      best = *language;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace retrochat
