// Told: what a browser was told, in short words that a test can compare.
//
//   o e1-0 recovered | o e1-0 lossy    opened, its cursor, whether history reached back
//   m2t hello                          a message
//   g e1-0 e1-5                        a gap, from and to
//   e too_slow                         an error
//   h | a | k1 | pong DATA | close 1000    as named
//
// Threads: any.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/json.h"
#include "session/browser_end.h"

namespace tayori::hub {

inline boost::json::value told_value(std::string_view text) {
  auto parsed = base::parse_json(text.substr(1));
  CHECK(parsed, "the server writes JSON");
  return std::move(*parsed.value);
}

/// The word for a page's session in the text of an `o`.
inline std::string session_told(std::string_view opened) {
  return std::string(told_value(opened).at("session").as_string());
}

/// What the text of an `e` says to the page.
inline std::string description_told(std::string_view error) {
  return std::string(told_value(error).at("description").as_string());
}

inline std::string told(const session::BrowserFrame& frame) {
  if (frame.opcode == net::Opcode::pong) return "pong " + frame.data;
  if (frame.opcode == net::Opcode::close) return "close " + std::to_string(frame.close_code());
  CHECK(frame.opcode == net::Opcode::text && !frame.data.empty(), "the protocol is text");
  const std::string& text = frame.data;
  if (text[0] == 'm') return std::string(text).replace(text.find('\n'), 1, " ");
  if (text[0] == 'h' || text[0] == 'a' || text[0] == 'k') return text;
  const boost::json::value value = told_value(text);
  const auto member = [&](std::string_view name) {
    return std::string(value.at(name).as_string());
  };
  if (text[0] == 'o') {
    const bool recovered = value.at("recovered").as_bool();
    return "o " + member("cursor") + (recovered ? " recovered" : " lossy");
  }
  if (text[0] == 'g') return "g " + member("from") + " " + member("to");
  CHECK(text[0] == 'e', "there are no other frames");
  return "e " + member("name");
}

}  // namespace tayori::hub
