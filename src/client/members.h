// Members: what stands in a JSON object under a name, as a value of the kind asked for.
//
// Threads: any (functions).
#pragma once

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/timestamp.h"
#include "tayori/cursor.h"

namespace tayori::client {

using Object = boost::json::object;

/// The string `name`, nothing when it is missing or something else; so below.
inline std::optional<std::string> text_of(const Object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

inline std::optional<std::uint64_t> count_of(const Object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  boost::json::error_code error;
  const auto count = value->to_number<std::uint64_t>(error);
  return error ? std::nullopt : std::optional(count);
}

inline std::optional<bool> truth_of(const Object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
}

inline const Object* object_of(const Object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

/// `T::parse` of the string `name`.
template <typename T>
std::optional<T> parsed_of(const Object& object, std::string_view name) {
  const auto text = text_of(object, name);
  if (!text) return std::nullopt;
  auto value = T::parse(*text);
  return value ? std::optional<T>(std::move(*value)) : std::nullopt;
}

inline std::optional<std::chrono::system_clock::time_point> time_of(const Object& object,
                                                                    std::string_view name) {
  const auto text = text_of(object, name);
  return text ? parse_timestamp(*text) : std::nullopt;
}

/// The enumerator whose word in `words` is the string `name`.
template <typename Enum, typename Words>
std::optional<Enum> word_of(const Object& object, std::string_view name, const Words& words) {
  const auto text = text_of(object, name);
  const auto found = text ? std::ranges::find(words, std::string_view(*text)) : words.end();
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

/// The array `name` with `read_one` of each of its objects; nothing when one of them gives nothing.
template <typename T>
std::optional<std::vector<T>> list_of(const Object& object, std::string_view name,
                                      std::optional<T> (*read_one)(const Object&)) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::vector<T> list;
  for (const auto& each : value->get_array()) {
    auto one = each.is_object() ? read_one(each.get_object()) : std::nullopt;
    if (!one) return std::nullopt;
    list.push_back(std::move(*one));
  }
  return list;
}

}  // namespace tayori::client
