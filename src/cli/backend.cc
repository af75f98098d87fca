#include "cli/backend.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <cstdlib>

#include "base/bytes.h"
#include "base/json.h"
#include "net/curl_handles.h"

namespace tayori::cli {

namespace {

using namespace base::literals;

constexpr long kTimeoutSeconds = 10;
constexpr std::size_t kAnswerBytes = 4_MiB;

// libcurl's write callback. Fewer bytes taken than given end the transfer.
std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  const std::size_t given = size * count;
  if (body.size() + given > kAnswerBytes) return 0;
  body.append(bytes, given);
  return given;
}

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string about_refusal(long status, const boost::json::object& problem) {
  if (status == 401) {
    return "the server does not accept the API key; set TAYORI_API_KEY to what the server has as "
           "internal.api_key";
  }
  std::string why = member(problem, "detail");
  if (why.empty()) why = member(problem, "title");
  return fmt::format("the server refused with {}{}{}", status, why.empty() ? "" : ": ", why);
}

BackendAnswer read_answer(const std::string& url, long status, const std::string& body) {
  const auto parsed = base::parse_json(body);
  if (!parsed || !parsed.value->is_object()) {
    return {{},
            fmt::format(
                "{} does not answer like a Tayori server (status {}); is it the internal address?",
                url, status)};
  }
  const auto& object = parsed.value->get_object();
  if (status != 200) return {{}, about_refusal(status, object)};
  return {object, {}};
}

}  // namespace

Backend::Backend(std::string url, std::string api_key)
    : url_(std::move(url)), api_key_(std::move(api_key)) {
  while (url_.ends_with('/')) url_.pop_back();
}

std::string Backend::api_key_of_environment() {
  const char* key = std::getenv("TAYORI_API_KEY");
  return key == nullptr ? std::string() : std::string(key);
}

BackendAnswer Backend::post(std::string_view path, const boost::json::object& body) const {
  const std::string address = url_ + std::string(path);
  const std::string text = boost::json::serialize(body);
  net::CurlFields fields;
  fields.add("Content-Type: application/json");
  if (!api_key_.empty()) fields.add("Authorization: Bearer " + api_key_);

  std::string answer;
  std::string why(CURL_ERROR_SIZE, '\0');
  const net::CurlEasy handle(curl_easy_init());
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields.list());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(text.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why.data());
  if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK) {
    const char* reason = why.front() == '\0' ? curl_easy_strerror(code) : why.c_str();
    return {{},
            fmt::format("no answer from {}: {}. Does the server run there? --url or TAYORI_URL "
                        "tells another place",
                        url_, reason)};
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return read_answer(url_, status, answer);
}

}  // namespace tayori::cli
