#include "session/problem_json.h"

#include "base/json.h"
#include "base/utf8.h"

namespace tayori::session {

std::string problem_json(const Error& error, std::string_view description) {
  const ErrorFacts& told = facts(error.code);
  std::string body = R"({"type":"urn:tayori:error:)";
  body.append(told.name).append(R"(","title":)");
  base::append_json_string(body, told.sentence);
  body.append(R"(,"status":)").append(std::to_string(told.http_status)).append(R"(,"detail":)");
  const bool has_detail = !error.detail.empty() && base::is_utf8(error.detail);
  base::append_json_string(body, has_detail ? std::string_view(error.detail) : told.sentence);
  body.append(R"(,"code":")").append(told.name).append(R"(","description":)");
  base::append_json_string(body, description.empty() ? told.description : description);
  body.append(told.reconnect ? R"(,"reconnect":true)" : R"(,"reconnect":false)").append("}");
  return body;
}

}  // namespace tayori::session
