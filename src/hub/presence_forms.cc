#include "hub/presence_forms.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "base/form.h"
#include "base/hmac_sha256.h"
#include "base/json.h"

namespace tayori::hub {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
/// No client id holds a line break, so none can imitate a boundary.
constexpr std::string_view kBoundary = "tayori-presence";

bool has_come(const PresenceEdge& edge) { return edge.kind == PresenceEdge::Kind::connected; }

std::string json_of(const PresenceEdge& edge) {
  std::string body = R"({"type":"presence.)";
  body += word(edge.kind);
  const auto at = std::chrono::floor<std::chrono::milliseconds>(edge.at);
  body += fmt::format(R"(","timestamp":"{:%Y-%m-%dT%H:%M:}{:%S}Z","data":{{"client_id":)",
                      fmt::gmtime(std::chrono::system_clock::to_time_t(at)),
                      at.time_since_epoch() % std::chrono::minutes{1});
  base::append_json_string(body, edge.client_id.text());
  body += fmt::format(R"(,"generation":{})", edge.generation);
  if (!has_come(edge)) body.append(R"(,"reason":")").append(word(edge.reason)).append("\"");
  return body += "}}";
}

void sign(net::OutgoingRequest& request, const PresenceTarget& target, const PresenceEdge& edge,
          std::chrono::system_clock::time_point now) {
  // The same for every attempt: by it a receiver knows what it has had.
  const std::string id = "presence_" + std::to_string(edge.generation);
  const auto seconds =
      std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
  request.fields.push_back("webhook-id: " + id);
  request.fields.push_back("webhook-timestamp: " + seconds);
  if (target.secret.empty()) return;
  const base::HmacSha256 key(signing_key(target.secret));
  const auto signature = key.sign(id + "." + seconds + "." + request.body);
  request.fields.push_back("webhook-signature: v1," + base::base64_encode(std::span(signature)));
}

}  // namespace

std::string signing_key(std::string_view secret) {
  if (!secret.starts_with(kSecretPrefix)) return std::string(secret);
  std::string encoded(secret.substr(kSecretPrefix.size()));
  std::ranges::replace(encoded, '+', '-');
  std::ranges::replace(encoded, '/', '_');
  std::erase(encoded, '=');
  return base::base64url_decode(encoded).value_or(std::string(secret));
}

net::OutgoingRequest presence_request(const PresenceTarget& target, const PresenceEdge& edge,
                                      std::chrono::system_clock::time_point now) {
  net::OutgoingRequest request{.key = edge.client_id.text(),
                               .url = target.url,
                               .fields = {"User-Agent: Tayori"},
                               .body = {}};
  if (target.form == PresenceForm::json) {
    request.fields.emplace_back("Content-Type: application/json");
    request.body = json_of(edge);
    sign(request, target, edge, now);
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
