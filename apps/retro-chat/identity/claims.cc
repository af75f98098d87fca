#include "identity/claims.h"

#include <boost/json/parse.hpp>
#include <cmath>

namespace retrochat {

std::optional<boost::json::object> json_object(std::string_view text) {
  boost::json::error_code failed;
  boost::json::value value = boost::json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

const boost::json::value* find_claim(const boost::json::object& claims, std::string_view name) {
  if (const auto* whole = claims.if_contains({name.data(), name.size()})) return whole;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const auto* inner = claims.if_contains({name.data(), dot});
  if (inner == nullptr || !inner->is_object()) return nullptr;
  return find_claim(inner->get_object(), name.substr(dot + 1));
}

std::string claim_text(const boost::json::object& claims, std::string_view name) {
  const auto* value = find_claim(claims, name);
  if (value == nullptr) return "";
  if (const auto* text = value->if_string()) return {text->data(), text->size()};
  if (const auto* number = value->if_int64()) return std::to_string(*number);
  if (const auto* number = value->if_uint64()) return std::to_string(*number);
  return "";
}

std::optional<double> claim_seconds(const boost::json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains({name.data(), name.size()});
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::json::error_code failed;
  const auto seconds = value->to_number<double>(failed);
  if (failed || !std::isfinite(seconds)) return std::nullopt;
  return seconds;
}

}  // namespace retrochat
