#include "server/config_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/utf8.h"

namespace tayori::server {

namespace {

// Longer ones are cut, so that a file pasted into a variable does not fill the screen.
constexpr std::size_t kFoundBytes = 80;

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
// Clang 14 does not deduce it by itself yet.
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string_view without_spaces_around(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<ConfigValue> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    items.emplace_back(without_spaces_around(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return items;
}

std::string choices(const ChoiceShape& shape) {
  std::string text;
  for (std::size_t i = 0; i < shape.words.size(); ++i) {
    const bool is_last = i + 1 == shape.words.size();
    if (i > 0) text += is_last ? " or " : ", ";
    text += fmt::format("\"{}\"", shape.words[i]);
  }
  return text;
}

}  // namespace

std::string expectation(const ConfigKey& key) {
  return std::visit(
      Overloaded{
          [](const NumberShape& shape) {
            const std::string unit = shape.unit.empty() ? "" : fmt::format(" of {}", shape.unit);
            return fmt::format("a whole number{} from {} to {}", unit, shape.min, shape.max);
          },
          [](const ChoiceShape& shape) { return choices(shape); },
          [](const TextShape& shape) { return std::string(shape.expected); },
          [](const ListShape& shape) { return std::string(shape.expected); },
      },
      key.shape);
}

bool is_accepted(const ConfigKey& key, const ConfigValue& value) {
  return std::visit(
      Overloaded{
          [&](const NumberShape& shape) {
            const auto* number = std::get_if<std::uint64_t>(&value);
            return number != nullptr && *number >= shape.min && *number <= shape.max;
          },
          [&](const ChoiceShape& shape) {
            const auto* word = std::get_if<std::string>(&value);
            return word != nullptr && std::ranges::find(shape.words, *word) != shape.words.end();
          },
          [&](const TextShape& shape) {
            const auto* text = std::get_if<std::string>(&value);
            return text != nullptr && shape.fits(*text);
          },
          [&](const ListShape& shape) {
            const auto* items = std::get_if<std::vector<std::string>>(&value);
            return items != nullptr && !items->empty() && std::ranges::all_of(*items, shape.fits);
          },
      },
      key.shape);
}

std::optional<ConfigValue> value_of_text(const ConfigKey& key, std::string_view text) {
  std::optional<ConfigValue> value;
  if (std::holds_alternative<NumberShape>(key.shape)) {
    value = number_of(without_spaces_around(text));
  } else if (std::holds_alternative<ListShape>(key.shape)) {
    value = list_of(text);
  } else {
    value = std::string(text);
  }
  if (value && !is_accepted(key, *value)) return std::nullopt;
  return value;
}

std::string found_text(const ConfigKey& key, std::string_view text) {
  if (key.secrecy == Secrecy::secret) {
    return fmt::format("a text of {} {}", text.size(), text.size() == 1 ? "byte" : "bytes");
  }
  if (!base::is_utf8(text)) return fmt::format("{} bytes that are not UTF-8", text.size());
  if (text.size() <= kFoundBytes) return base::json_string(text);
  const auto begin = base::utf8_prefix(text, kFoundBytes);
  return fmt::format("{} (and {} bytes more)", base::json_string(begin),
                     text.size() - begin.size());
}

// JSON's escapes are among those of TOML's basic strings.
std::string toml_text(const ConfigValue& value) {
  return std::visit(Overloaded{
                        [](std::uint64_t number) { return std::to_string(number); },
                        [](const std::string& text) { return base::json_string(text); },
                        [](const std::vector<std::string>& items) {
                          std::vector<std::string> quoted;
                          std::ranges::transform(items, std::back_inserter(quoted),
                                                 base::json_string);
                          return fmt::format("[{}]", fmt::join(quoted, ", "));
                        },
                    },
                    value);
}

}  // namespace tayori::server
