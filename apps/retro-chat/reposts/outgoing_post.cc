#include "reposts/outgoing_post.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

#include "reposts/public_address.h"
#include "text/limits.h"

namespace retrochat {
namespace {

constexpr long kConnectMilliseconds = 5'000;
constexpr long kTotalMilliseconds = 20'000;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Fields = std::unique_ptr<curl_slist, FreeList>;

struct Exchange {
  const std::stop_token& stop;
  Reach reach;
  std::string body = {};
  bool was_forbidden = false;
};

std::size_t on_body(const char* bytes, std::size_t size, std::size_t count, void* given) {
  auto& exchange = *static_cast<Exchange*>(given);
  if (exchange.body.size() + size * count > limits::kRepostAnswerBytes) return 0;
  exchange.body.append(bytes, size * count);
  return size * count;
}

curl_socket_t on_open(void* given, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(given);
  if (exchange.reach == Reach::public_only && !is_public(address->addr)) {
    exchange.was_forbidden = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int on_progress(void* given, curl_off_t /*down_total*/, curl_off_t /*down*/,
                curl_off_t /*up_total*/, curl_off_t /*up*/) {
  return static_cast<Exchange*>(given)->stop.stop_requested() ? 1 : 0;
}

Fields fields_of(const OutgoingPost& post) {
  Fields fields;
  const auto add = [&fields](const char* line) {
    curl_slist* longer = curl_slist_append(fields.get(), line);
    if (longer == nullptr) return;
    static_cast<void>(fields.release());
    fields.reset(longer);
  };
  for (const std::string& field : post.fields) add(field.c_str());
  add("Expect:");  // No "100-continue", which some services keep waiting for.
  return fields;
}

bool prepare(CURL* easy, const OutgoingPost& post, curl_slist* fields, Exchange& exchange) {
  bool good = true;
  const auto set = [&](CURLoption option, auto value) {
    good = curl_easy_setopt(easy, option, value) == CURLE_OK && good;
  };
  set(CURLOPT_URL, post.url.c_str());
  set(CURLOPT_HTTPHEADER, fields);
  set(CURLOPT_POSTFIELDS, post.body.data());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  set(CURLOPT_USERAGENT, "Retro Chat");
  set(CURLOPT_PROTOCOLS_STR, exchange.reach == Reach::anywhere ? "http,https" : "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY,
      "");  // Whatever the environment says: a proxy would look the name up for itself.
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
  set(CURLOPT_TIMEOUT_MS, kTotalMilliseconds);
  set(CURLOPT_OPENSOCKETFUNCTION, &on_open);
  set(CURLOPT_OPENSOCKETDATA, &exchange);
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, &exchange);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(CURLOPT_XFERINFODATA, &exchange);
  return good;
}

PostAnswer answer_of(CURL* easy, CURLcode result, Exchange& exchange) {
  using enum PostAnswer::Failure;
  if (exchange.was_forbidden && result != CURLE_OK) return {.failure = address_forbidden};
  if (result == CURLE_OPERATION_TIMEDOUT) return {.failure = timed_out};
  // An answer that is too long has told its status before; one that breaks off may be any.
  if (result != CURLE_OK && result != CURLE_WRITE_ERROR) return {.failure = unreachable};
  long status = 0;
  curl_off_t wait = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &wait);
  PostAnswer answer{static_cast<int>(status), std::move(exchange.body)};
  if (wait > 0) answer.retry_after = std::chrono::seconds{wait};
  return answer;
}

}  // namespace

PostAnswer send_post(const OutgoingPost& post, Reach reach, const std::stop_token& stop) {
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  const Fields fields = fields_of(post);
  Exchange exchange{stop, reach};
  if (!easy || !prepare(easy.get(), post, fields.get(), exchange))
    return {.failure = PostAnswer::Failure::unreachable};
  const CURLcode result = curl_easy_perform(easy.get());
  return answer_of(easy.get(), result, exchange);
}

}  // namespace retrochat
