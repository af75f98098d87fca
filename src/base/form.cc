#include "base/form.h"

namespace tayori::base {
namespace {

/// The value of a hexadecimal digit, or -1.
constexpr int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that the %XX at `at` stands for, or -1 when it is no escape. REQUIRES: text[at] == '%'.
int escaped_byte(std::string_view text, std::size_t at) {
  if (text.size() - at < 3) return -1;
  const int high = digit_value(text[at + 1]);
  const int low = digit_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_component(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? escaped_byte(text, i) : -1;
    if (byte >= 0) {
      out.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

struct Pair {
  std::string_view name;
  std::string_view value;
};

/// Takes the next name=value off the front of `text`; empty ones ("a=1&&b=2") are passed over.
std::optional<Pair> next_pair(std::string_view& text) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(part.size() == text.size() ? part.size() : part.size() + 1);
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return Pair{part, {}};
    return Pair{part.substr(0, equals), part.substr(equals + 1)};
  }
  return std::nullopt;
}

constexpr bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' ||
         c == '-' || c == '.' || c == '_';
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    const int byte = escaped_byte(text, i);
    if (byte < 0) return std::nullopt;
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return out;
}

std::optional<FormFields> parse_form(std::string_view text, std::size_t fields_max) {
  FormFields fields;
  while (const auto pair = next_pair(text)) {
    if (fields.size() == fields_max) return std::nullopt;
    fields.emplace_back(decode_component(pair->name), decode_component(pair->value));
  }
  return fields;
}

std::optional<std::string> form_value(std::string_view text, std::string_view name) {
  while (const auto pair = next_pair(text)) {
    const bool escaped = pair->name.find_first_of("%+") != std::string_view::npos;
    if (escaped ? decode_component(pair->name) == name : pair->name == name)
      return decode_component(pair->value);
  }
  return std::nullopt;
}

std::string form_encode(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_plain(c)) {
      out.push_back(c);
    } else if (c == ' ') {
      out.push_back('+');
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 0x0F]});
    }
  }
  return out;
}

std::string form_encode(const FormFields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out.push_back('&');
    out += form_encode(name);
    out.push_back('=');
    out += form_encode(value);
  }
  return out;
}

}  // namespace tayori::base
