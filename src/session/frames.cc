#include "session/frames.h"

#include <boost/json/object.hpp>
#include <utility>

#include "base/base36.h"
#include "base/json.h"

namespace tayori::session {
namespace {

constexpr base::JsonLimits kOpeningLimits{
    .depth = 4, .string_bytes = kPageFrameBytes, .values = 32};

/// The string called `name`; nothing when it is missing or null.
Result<std::optional<std::string>> optional_string(const boost::json::object& object,
                                                   std::string_view name, ErrorCode otherwise) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return std::optional<std::string>();
  if (value->is_string()) return std::optional<std::string>(value->get_string());
  return Error::of(otherwise, std::string(name) + " has to be a string");
}

Result<std::optional<std::chrono::seconds>> optional_wait(const boost::json::object& object) {
  const boost::json::value* value = object.if_contains("wait_s");
  if (value == nullptr || value->is_null()) return std::optional<std::chrono::seconds>();
  if (!value->is_int64() || value->get_int64() < 0 || value->get_int64() > kLongestWait.count())
    return Error::of(ErrorCode::invalid_request, "wait_s has to be a whole number from 0 to 25");
  return std::optional(std::chrono::seconds(value->get_int64()));
}

}  // namespace

Result<Opening> parse_opening(std::string_view json) {
  if (json.size() > kPageFrameBytes) return ErrorCode::payload_too_large;
  auto parsed = base::parse_json(json, kOpeningLimits);
  if (!parsed) return Error::of(ErrorCode::invalid_json, std::move(parsed.error));
  const boost::json::object* object = parsed.value->if_object();
  if (object == nullptr)
    return Error::of(ErrorCode::invalid_request, "what opens a channel has to be one object");

  auto token = optional_string(*object, "token", ErrorCode::invalid_request);
  if (!token || !*token) return Error::of(ErrorCode::invalid_request, "token has to be a string");
  Opening opening{.token = std::move(**token)};
  const auto cursor = optional_string(*object, "cursor", ErrorCode::invalid_cursor);
  if (!cursor) return cursor.error();
  if (*cursor) {
    auto place = Cursor::parse(**cursor);
    if (!place) return place.error();
    opening.cursor = std::move(*place);
  }
  auto session = optional_string(*object, "session", ErrorCode::invalid_request);
  if (!session) return session.error();
  opening.session = std::move(*session);
  const auto wait = optional_wait(*object);
  if (!wait) return wait.error();
  opening.wait = *wait;
  return opening;
}

Result<PageFrame> parse_page_frame(std::string_view text) {
  if (text.size() > kPageFrameBytes) return ErrorCode::payload_too_large;
  if (text == "h") return PageFrame{.kind = PageFrame::Kind::heartbeat};
  if (text == "c") return PageFrame{.kind = PageFrame::Kind::close};
  if (text.starts_with('t')) {
    auto opening = parse_opening(text.substr(1));
    if (!opening && opening.error().code == ErrorCode::invalid_request)
      return Error::of(ErrorCode::protocol_error, opening.error().detail);
    if (!opening) return opening.error();
    return PageFrame{.kind = PageFrame::Kind::token, .opening = std::move(*opening)};
  }
  if (text.starts_with('a')) {
    const auto handled = base::parse_base36(text.substr(1));
    if (!handled) return Error::of(ErrorCode::protocol_error, "behind a has to be a number");
    return PageFrame{.kind = PageFrame::Kind::handled, .handled = {*handled}};
  }
  return Error::of(ErrorCode::protocol_error, "a page's frame begins with t, h, c or a");
}

std::string opened_frame(const Opened& opened) {
  std::string text =
      "o{\"session\":\"" + opened.session + "\",\"cursor\":\"" + opened.cursor.text() + "\"";
  text += opened.recovered ? ",\"recovered\":true" : ",\"recovered\":false";
  text += ",\"heartbeat_s\":" + std::to_string(opened.heartbeat.count());
  text += ",\"expires_in_s\":" + std::to_string(opened.expires_in.count()) + "}";
  return text;
}

std::string gap_frame(const Cursor& from, const Cursor& to) {
  return "g{\"from\":\"" + from.text() + "\",\"to\":\"" + to.text() + "\"}";
}

std::string error_frame(const Farewell& farewell) {
  const ErrorFacts& told = facts(farewell.code);
  std::string text = "e{\"code\":" + std::to_string(told.http_status) + ",\"description\":";
  base::append_json_string(text, farewell.why.empty() ? told.description : farewell.why);
  text += told.reconnect ? ",\"reconnect\":true" : ",\"reconnect\":false";
  text += ",\"name\":\"" + std::string(told.name) + "\"}";
  return text;
}

ErrorCode violation_of(std::uint16_t close_code) {
  if (close_code == 1007) return ErrorCode::invalid_utf8;
  if (close_code == 1009) return ErrorCode::payload_too_large;
  return ErrorCode::protocol_error;
}

}  // namespace tayori::session
