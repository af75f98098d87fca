#include "hub/presence_forms.h"

#include <fmt/format.h>

#include <utility>

#include "access/webhook_signature.h"
#include "base/form.h"
#include "base/json.h"
#include "base/rfc3339.h"

namespace tayori::hub {
namespace {

/// No client id holds a line break, so none can imitate a boundary.
constexpr std::string_view kBoundary = "tayori-presence";

bool has_come(const PresenceEdge& edge) { return edge.kind == PresenceEdge::Kind::connected; }

std::string json_of(const PresenceEdge& edge) {
  std::string body = R"({"type":"presence.)";
  body += word(edge.kind);
  body += R"(","timestamp":")" + base::rfc3339_ms(edge.at) + R"(","data":{"client_id":)";
  base::append_json_string(body, edge.client_id.text());
  body += R"(,"generation":)" + std::to_string(edge.generation);
  if (!has_come(edge)) body.append(R"(,"reason":")").append(word(edge.reason)).append("\"");
  return body += "}}";
}

}  // namespace

net::OutgoingRequest presence_request(const PresenceTarget& target, const PresenceEdge& edge,
                                      std::chrono::system_clock::time_point now) {
  net::OutgoingRequest request{.key = edge.client_id.text(),
                               .url = target.url,
                               .fields = {"User-Agent: Tayori"},
                               .body = {}};
  if (target.form == PresenceForm::json) {
    request.fields.emplace_back("Content-Type: application/json");
    request.body = json_of(edge);
    for (std::string& field : access::webhook_fields("presence_" + std::to_string(edge.generation),
                                                     now, request.body, target.secret)) {
      request.fields.push_back(std::move(field));
    }
    return request;
  }
  if (request.url.ends_with('/')) request.url.pop_back();
  request.url += has_come(edge) ? "/_ah/channel/connected/" : "/_ah/channel/disconnected/";
  request.fields.push_back("X-Tayori-Generation: " + std::to_string(edge.generation));
  if (target.form == PresenceForm::urlencoded) {
    request.fields.emplace_back("Content-Type: application/x-www-form-urlencoded");
    request.body = base::form_encode({{"from", edge.client_id.text()}});
    return request;
  }
  request.fields.push_back(
      fmt::format("Content-Type: multipart/form-data; boundary={}", kBoundary));
  request.body = fmt::format(
      "--{0}\r\nContent-Disposition: form-data; name=\"from\"\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n{1}\r\n--{0}--\r\n",
      kBoundary, edge.client_id.text());
  return request;
}

}  // namespace tayori::hub
