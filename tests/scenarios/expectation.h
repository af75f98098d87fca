// mismatch: where an answer is not what a scenario expects.
//
// Threads: any (functions).
// Source:  spec/scenarios/README.md
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "client/timestamp.h"
#include "tayori/cursor.h"

namespace tayori::scenarios {

/// Whether `told` is of the kind that `placeholder` stands for; any other text stands for itself.
inline bool is_of_kind(const std::string& placeholder, const boost::json::value& told) {
  if (placeholder == "<number>") return told.is_number();
  if (!told.is_string()) return false;
  const std::string text(told.get_string());
  if (placeholder == "<string>") return true;
  if (placeholder == "<cursor>") return Cursor::parse(text).has_value();
  if (placeholder == "<time>") return client::parse_timestamp(text).has_value();
  return text == placeholder;
}

/// "" when `told` is as expected, or the first place where it is not, which is `at` or lies below it.
inline std::string mismatch(const boost::json::value& expected, const boost::json::value& told,
                            const std::string& at = "answer") {
  const std::string wrong =
      at + " is " + serialize(told) + " where " + serialize(expected) + " was expected";
  if (expected.is_string())
    return is_of_kind(std::string(expected.get_string()), told) ? "" : wrong;
  if (expected.is_object()) {
    if (!told.is_object()) return wrong;
    for (const auto& member : expected.get_object()) {
      const auto* found = told.get_object().if_contains(member.key());
      if (found == nullptr) return at + " has no " + std::string(member.key());
      auto below = mismatch(member.value(), *found, at + "." + std::string(member.key()));
      if (!below.empty()) return below;
    }
    return "";
  }
  if (expected.is_array()) {
    if (!told.is_array() || told.get_array().size() != expected.get_array().size()) return wrong;
    for (std::size_t i = 0; i < expected.get_array().size(); ++i) {
      auto below =
          mismatch(expected.get_array()[i], told.get_array()[i], at + "." + std::to_string(i));
      if (!below.empty()) return below;
    }
    return "";
  }
  return expected == told ? "" : wrong;
}

}  // namespace tayori::scenarios
