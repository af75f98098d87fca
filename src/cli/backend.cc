#include "cli/backend.h"

#include <fmt/format.h>

#include <cstdlib>

#include "cli/say.h"

namespace tayori::cli {

Client client_of(const BackendAddress& address) {
  const char* key = std::getenv("TAYORI_API_KEY");
  return Client({.url = address.url, .api_key = key == nullptr ? "" : key, .attempts = 1});
}

ExitCode fail(const Error& error) {
  if (error.is_unanswered) {
    complain(fmt::format("{} (--url or TAYORI_URL tells another place)", error.detail));
  } else if (error.code == ErrorCode::unauthorized) {
    complain(
        "the server does not accept the API key; set TAYORI_API_KEY to what the server has as "
        "internal.api_key");
  } else {
    complain(fmt::format("refused with {}: {}", facts(error.code).http_status, error.detail));
  }
  return ExitCode::failed;
}

}  // namespace tayori::cli
