#include "cli/token.h"

#include <boost/json/array.hpp>

#include "cli/backend.h"
#include "cli/say.h"

namespace tayori::cli {

ExitCode run(const TokenCommand& command) {
  boost::json::object body{{"client_id", command.client_id}};
  if (command.duration) body["duration_minutes"] = command.duration->count();
  if (!command.groups.empty())
    body["groups"] = boost::json::array(command.groups.begin(), command.groups.end());

  const Backend backend(command.backend.url, Backend::api_key_of_environment());
  const auto answer = backend.post("/v1/create_channel", body);
  if (!answer.body) {
    complain(answer.trouble);
    return ExitCode::failed;
  }
  const auto* token = answer.body->if_contains("token");
  if (token == nullptr || !token->is_string()) {
    complain("the server's answer holds no token");
    return ExitCode::failed;
  }
  say(std::string_view(token->get_string()));
  return ExitCode::good;
}

}  // namespace tayori::cli
