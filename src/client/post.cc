#include "client/post.h"

#include <algorithm>

#include "base/check.h"

namespace tayori::client {
namespace {

/// Below the 75 s for which a server keeps a connection by default, so that its end and a new call seldom meet.
constexpr long kIdleSeconds = 60;

struct Transfer {
  const Post& post;
  std::size_t departures = 0;
  bool is_too_long = false;
  std::string body = {};
};

// Fewer bytes taken than given end the transfer.
std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& transfer = *static_cast<Transfer*>(into);
  const std::size_t given = size * count;
  transfer.is_too_long = transfer.body.size() + given > kAnswerBytes;
  if (transfer.is_too_long) return 0;
  transfer.body.append(bytes, given);
  return given;
}

// Runs before a request leaves. libcurl sends again by itself, POST or not, what got no answer over a connection that was kept;
// the server may have read it the first time.
int before_departure(void* of, char* /*to*/, char* /*from*/, int /*to_port*/, int /*from_port*/) {
  auto& transfer = *static_cast<Transfer*>(of);
  if (++transfer.departures > 1 && transfer.post.repeat == Repeat::forbidden)
    return CURL_PREREQFUNC_ABORT;
  return CURL_PREREQFUNC_OK;
}

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  CHECK(code == CURLE_OK, "libcurl knows the option");
}

void prepare(CURL* easy, Transfer& transfer, const net::CurlFields& fields) {
  const Post& post = transfer.post;
  set(easy, CURLOPT_URL, post.url.c_str());
  set(easy, CURLOPT_HTTPHEADER, fields.list());
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  set(easy, CURLOPT_POSTFIELDS, post.body.data());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_NOPROXY, "*");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_MAXAGE_CONN, kIdleSeconds);
  // 0 is no limit to libcurl.
  set(easy, CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(post.timeout.count())));
  set(easy, CURLOPT_WRITEFUNCTION, &take);
  set(easy, CURLOPT_WRITEDATA, &transfer);
  set(easy, CURLOPT_PREREQFUNCTION, &before_departure);
  set(easy, CURLOPT_PREREQDATA, &transfer);
}

std::string reason(const Transfer& transfer, CURLcode code, const std::string& said) {
  if (code == CURLE_ABORTED_BY_CALLBACK)
    return "the connection ended before an answer came, and what was asked may have been done";
  if (transfer.is_too_long) return "the answer is larger than 64 MiB; ask for less at a time";
  return said.front() == '\0' ? curl_easy_strerror(code) : said.c_str();
}

}  // namespace

PostEnd post(CURL* easy, const Post& post) {
  Transfer transfer{.post = post};
  net::CurlFields fields;
  for (const std::string& field : post.fields) fields.add(field);
  std::string said(CURL_ERROR_SIZE, '\0');
  prepare(easy, transfer, fields);
  set(easy, CURLOPT_ERRORBUFFER, said.data());

  const CURLcode code = curl_easy_perform(easy);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_reset(easy);
  if (code == CURLE_OK) {
    return {.kind = PostEnd::Kind::answered,
            .status = static_cast<int>(status),
            .body = std::move(transfer.body)};
  }
  const bool has_no_server = code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST;
  return {.kind = has_no_server ? PostEnd::Kind::no_server : PostEnd::Kind::silence,
          .why = reason(transfer, code, said)};
}

}  // namespace tayori::client
