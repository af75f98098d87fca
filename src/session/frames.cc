#include "session/frames.h"

#include <boost/json/object.hpp>
#include <utility>

#include "base/json.h"

namespace tayori::session {
namespace {

Result<PageFrame> parse_token_frame(std::string_view json) {
  auto parsed = base::parse_json(json, {.depth = 4, .string_bytes = kPageFrameBytes, .values = 32});
  if (!parsed) return Error::of(ErrorCode::invalid_json, std::move(parsed.error));
  const boost::json::object* object = parsed.value->if_object();
  if (object == nullptr)
    return Error::of(ErrorCode::protocol_error, "a token frame holds one object");

  PageFrame frame{.kind = PageFrame::Kind::token};
  const boost::json::value* token = object->if_contains("token");
  if (token == nullptr || !token->is_string()) {
    return Error::of(ErrorCode::protocol_error, "a token frame has a string called token");
  }
  frame.token = token->get_string();
  const boost::json::value* cursor = object->if_contains("cursor");
  if (cursor == nullptr || cursor->is_null()) return frame;
  if (!cursor->is_string()) return ErrorCode::invalid_cursor;
  auto parsed_cursor = Cursor::parse(cursor->get_string());
  if (!parsed_cursor) return parsed_cursor.error();
  frame.cursor = std::move(*parsed_cursor);
  return frame;
}

}  // namespace

Result<PageFrame> parse_page_frame(std::string_view text) {
  if (text.size() > kPageFrameBytes) return ErrorCode::payload_too_large;
  if (text == "h") return PageFrame{.kind = PageFrame::Kind::heartbeat};
  if (text == "c") return PageFrame{.kind = PageFrame::Kind::close};
  if (text.starts_with('t')) return parse_token_frame(text.substr(1));
  return Error::of(ErrorCode::protocol_error, "a page's frame begins with t, h or c");
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

std::string error_frame(ErrorCode code) {
  const ErrorFacts& told = facts(code);
  std::string text = "e{\"code\":" + std::to_string(told.http_status) + ",\"description\":";
  base::append_json_string(text, told.description);
  text += told.reconnect ? ",\"reconnect\":true" : ",\"reconnect\":false";
  text += ",\"name\":\"" + std::string(told.name) + "\"}";
  return text;
}

}  // namespace tayori::session
