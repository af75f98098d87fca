// Claims: what a JSON object says of somebody.
//
// Threads: any (pure functions).
// Source:  OpenID Connect Core 1.0, section 5.1
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retrochat {

/// `text` as an object, or nothing.
[[nodiscard]] std::optional<boost::json::object> json_object(std::string_view text);

/// The claim `name`; where there is none of that name, its dots lead into objects ("data.id"). Null when it is not there.
[[nodiscard]] const boost::json::value* find_claim(const boost::json::object& claims,
                                                   std::string_view name);

/// As text: a string, or a whole number as some providers write ids. "" for anything else.
[[nodiscard]] std::string claim_text(const boost::json::object& claims, std::string_view name);

/// A time in seconds, with or without a fraction.
[[nodiscard]] std::optional<double> claim_seconds(const boost::json::object& claims,
                                                  std::string_view name);

}  // namespace retrochat
