#include "net/websocket_handshake.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/digest.h"

namespace tayori::net {
namespace {

/// RFC 6455 section 1.3: what both sides append to the key.
constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Whether a comma list of any of the fields `name` holds `token`.
bool has_token(const HttpRequest& request, std::string_view name, std::string_view token) {
  return std::ranges::any_of(request.fields, [&](const HttpField& field) {
    return base::equal_ignoring_case(field.name, name) && base::list_has_token(field.value, token);
  });
}

std::ptrdiff_t count(const HttpRequest& request, std::string_view name) {
  return std::ranges::count_if(request.fields, [&](const HttpField& field) {
    return base::equal_ignoring_case(field.name, name);
  });
}

/// 16 bytes in base64: 22 digits and "==". Bits that stand for nothing may be set: the key is only
/// echoed.
bool is_key(std::string_view key) {
  return key.size() == 24 && key.ends_with("==") &&
         std::ranges::all_of(key.substr(0, 22), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '+' || c == '/';
         });
}

}  // namespace

/// Subprotocols are compared with their case (RFC 6455 section 11.5), unlike other lists.
bool offers_subprotocol(const HttpRequest& request, std::string_view subprotocol) {
  return std::ranges::any_of(request.fields, [&](const HttpField& field) {
    if (!base::equal_ignoring_case(field.name, "Sec-WebSocket-Protocol")) return false;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      if (base::take_until(rest, ',') == subprotocol) return true;
    }
    return false;
  });
}

Result<HttpResponse> accept_upgrade(const HttpRequest& request, std::string_view subprotocol) {
  if (!has_token(request, "Upgrade", "websocket") || !has_token(request, "Connection", "upgrade")) {
    return ErrorCode::upgrade_required;
  }
  if (request.method != "GET") {
    return Error::of(ErrorCode::invalid_request, "A WebSocket is opened with GET.");
  }
  if (count(request, "Sec-WebSocket-Version") > 1 || count(request, "Sec-WebSocket-Key") > 1) {
    return Error::of(ErrorCode::invalid_request, "A Sec-WebSocket field stands twice.");
  }
  if (base::trim(request.field("Sec-WebSocket-Version")) != "13")
    return ErrorCode::upgrade_required;
  const std::string key(base::trim(request.field("Sec-WebSocket-Key")));
  if (!is_key(key)) {
    return Error::of(ErrorCode::invalid_request, "Sec-WebSocket-Key is not 16 bytes in base64.");
  }
  HttpResponse response;
  response.status = 101;
  response.with("Upgrade", "websocket").with("Connection", "Upgrade");
  response.with("Sec-WebSocket-Accept", base::base64_encode(base::sha1(key + std::string(kGuid))));
  if (!subprotocol.empty() && offers_subprotocol(request, subprotocol)) {
    response.with("Sec-WebSocket-Protocol", std::string(subprotocol));
  }
  return response;
}

std::vector<HttpField> upgrade_fields() {
  return {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Version", "13"}};
}

}  // namespace tayori::net
