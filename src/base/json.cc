#include "base/json.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace tayori::base {
namespace {

namespace json = boost::json;

/// Builds the value in place as the parser reports it. Not boost::json::parser: of two members of
/// the same name it quietly keeps the last.
class Builder {
 public:
  // The parser's own limits, which are fixed at compile time; ours are checked below.
  // NOLINTBEGIN(readability-identifier-naming): the parser's names
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  // NOLINTEND(readability-identifier-naming)

  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  /// Why reading was stopped from here; null when it was not.
  [[nodiscard]] const char* complaint() const { return complaint_; }
  json::value take() { return std::move(root_); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }

  bool on_object_begin(json::error_code& ec) { return open(json::kind::object, ec); }
  bool on_object_end(std::size_t, json::error_code&) { return close(); }
  bool on_array_begin(json::error_code& ec) { return open(json::kind::array, ec); }
  bool on_array_end(std::size_t, json::error_code&) { return close(); }

  bool on_key_part(json::string_view part, std::size_t total, json::error_code& ec) {
    return keep_part(part, total, ec);
  }
  bool on_key(json::string_view part, std::size_t total, json::error_code& ec) {
    if (!keep_part(part, total, ec)) return false;
    // The member is made at once, so that a repeated key stops the reading here.
    const auto [member, is_new] = open_.back()->get_object().emplace(text_, nullptr);
    text_.clear();
    if (!is_new) return refuse("a key stands twice in one object", ec);
    member_ = &member->value();
    return true;
  }

  bool on_string_part(json::string_view part, std::size_t total, json::error_code& ec) {
    return keep_part(part, total, ec);
  }
  bool on_string(json::string_view part, std::size_t total, json::error_code& ec) {
    if (total == part.size()) {  // no part before it: nothing to put together
      if (total > limits_.string_bytes) return refuse("a string is too long", ec);
      return add(part, ec);
    }
    if (!keep_part(part, total, ec) || !add(text_, ec)) return false;
    text_.clear();
    return true;
  }

  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, json::error_code& ec) {
    return add(number, ec);
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code& ec) {
    return add(number, ec);
  }
  bool on_double(double number, json::string_view, json::error_code& ec) {
    return std::isfinite(number) ? add(number, ec) : refuse("a number is too large", ec);
  }
  bool on_bool(bool truth, json::error_code& ec) { return add(truth, ec); }
  bool on_null(json::error_code& ec) { return add(nullptr, ec); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool refuse(const char* complaint, json::error_code& ec) {
    complaint_ = complaint;
    ec = json::error::syntax;
    return false;
  }

  bool keep_part(json::string_view part, std::size_t total, json::error_code& ec) {
    if (total > limits_.string_bytes) return refuse("a string is too long", ec);
    text_.append(part.data(), part.size());
    return true;
  }

  /// Puts a value where it belongs; containers stay in place while they are filled, so pointers to
  /// them hold.
  template <typename T>
  json::value* place(T&& value, json::error_code& ec) {
    if (++values_ > limits_.values) {
      refuse("there are too many values", ec);
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::forward<T>(value);
      return &root_;
    }
    if (open_.back()->is_array())
      return &open_.back()->get_array().emplace_back(std::forward<T>(value));
    *member_ = std::forward<T>(value);
    return member_;
  }

  template <typename T>
  bool add(T&& value, json::error_code& ec) {
    return place(std::forward<T>(value), ec) != nullptr;
  }

  bool open(json::kind kind, json::error_code& ec) {
    json::value* const container =
        kind == json::kind::object ? place(json::object(), ec) : place(json::array(), ec);
    if (container == nullptr) return false;
    open_.push_back(container);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  const JsonLimits& limits_;
  json::value root_;
  std::vector<json::value*> open_;  // from the root to the innermost container
  json::value* member_ = nullptr;   // the member whose key was read last
  std::string text_;                // the parts of a key or string so far
  std::size_t values_ = 0;
  const char* complaint_ = nullptr;
};

std::string sentence(const char* complaint, json::error_code ec, std::size_t offset) {
  std::string text = complaint != nullptr ? complaint : ec.message();
  text += " (at byte " + std::to_string(offset) + ")";
  return text;
}

}  // namespace

JsonParse parse_json(std::string_view text, const JsonLimits& limits) {
  json::parse_options options;
  options.max_depth = limits.depth;
  json::basic_parser<Builder> parser(options, limits);
  json::error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && read < text.size()) ec = json::error::extra_data;
  if (ec) return {std::nullopt, sentence(parser.handler().complaint(), ec, read), read};
  return {parser.handler().take(), {}, read};
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  out.push_back('"');
  std::size_t plain = 0;  // what lies from here to `i` needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out.append({'\\', 'u', '0', '0', kDigits[byte >> 4], kDigits[byte & 0x0F]});
    }
  }
  out.append(text, plain);
  out.push_back('"');
}

std::string json_string(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_json_string(out, text);
  return out;
}

}  // namespace tayori::base
