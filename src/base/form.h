// Forms: names and values as they stand in queries and in application/x-www-form-urlencoded bodies.
//
// Values are bytes; whoever needs UTF-8 of them checks. A '%' that is no escape stands for itself
// in a form, as in browsers; percent_decode is strict, for paths.
//
// Threads: any.
// Source:  URL Standard 1.3 and 5 (url.spec.whatwg.org), RFC 3986 section 2.1
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tayori::base {

/// `text` with every %XX replaced by its byte, or nothing when a '%' is not followed by two digits.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// A form with more fields than this is refused.
inline constexpr std::size_t kFormFields = 100;

/// The decoded fields in their order, repeated names kept; nothing when there are more than
/// `fields_max`.
[[nodiscard]] std::optional<FormFields> parse_form(std::string_view text,
                                                   std::size_t fields_max = kFormFields);

/// The decoded value of the first field called `name`; nothing when there is none. Decodes no other
/// value.
[[nodiscard]] std::optional<std::string> form_value(std::string_view text, std::string_view name);

/// `text` as a name or value of a form: a space becomes '+', all but [A-Za-z0-9*-._] becomes %XX.
[[nodiscard]] std::string form_encode(std::string_view text);

/// "a=1&b=2".
[[nodiscard]] std::string form_encode(const FormFields& fields);

}  // namespace tayori::base
