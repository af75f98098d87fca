#include "outgoing/curl_exchange.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

namespace retrochat {
namespace {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

struct Transfer {
  const WebRequest& request;
  const WebRules& rules;
  WebAnswer answer = {};
  bool was_forbidden = false;
};

// Fewer bytes taken than given end the transfer.
std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& [request, rules, answer, was_forbidden] = *static_cast<Transfer*>(into);
  const std::size_t given = size * count;
  const std::size_t taken = std::min(given, rules.answer_bytes - answer.body.size());
  answer.body.append(bytes, taken);
  answer.is_cut = taken < given;
  return taken;
}

curl_socket_t open_socket(void* given, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(given);
  const auto& may_reach = transfer.rules.reach.peer;
  if (may_reach && !may_reach(address->addr)) {
    transfer.was_forbidden = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int on_progress(void* given, curl_off_t /*down_total*/, curl_off_t /*down*/,
                curl_off_t /*up_total*/, curl_off_t /*up*/) {
  return static_cast<Transfer*>(given)->request.stop.stop_requested() ? 1 : 0;
}

List list_of(const WebRequest& request) {
  List list;
  const auto add = [&list](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
  };
  for (const auto& [name, value] : request.fields) add(name + ": " + value);
  // libcurl would ask leave before a longer body, and lose a second where nobody answers that.
  add("Expect:");
  return list;
}

bool prepare(CURL* easy, curl_slist* fields, Transfer& transfer) {
  bool good = true;
  const auto set = [&](CURLoption option, auto value) {
    good = curl_easy_setopt(easy, option, value) == CURLE_OK && good;
  };
  const auto& [request, rules, answer, was_forbidden] = transfer;
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_HTTPHEADER, fields);
  if (request.method != "GET") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  // An empty name keeps libcurl from looking for one in the environment.
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(rules.connect.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(rules.total.count()));
  set(CURLOPT_USERAGENT, "retrochat");
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, &transfer);
  set(CURLOPT_WRITEFUNCTION, &take_body);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(CURLOPT_XFERINFODATA, &transfer);
  return good;
}

WebResult result_of(CURL* easy, CURLcode code, Transfer& transfer) {
  using enum WebFailure::Kind;
  // A body that is too long ends the transfer, but the answer began before.
  if (code != CURLE_OK && !transfer.answer.is_cut) {
    if (transfer.was_forbidden || code == CURLE_URL_MALFORMAT)
      return WebFailure{"the address is not one to go to", forbidden};
    return WebFailure{curl_easy_strerror(code),
                      code == CURLE_OPERATION_TIMEDOUT ? timed_out : unreachable};
  }
  long status = 0;
  curl_off_t wait = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &wait);
  transfer.answer.status = static_cast<int>(status);
  if (wait > 0) transfer.answer.retry_after = std::chrono::seconds{wait};
  return std::move(transfer.answer);
}

WebResult exchange(const WebRequest& request, const WebRules& rules) {
  if (!rules.reach.url(request.url))
    return WebFailure{"the address is not one to go to", WebFailure::Kind::forbidden};
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy) return WebFailure{"there is no memory for a request"};
  Transfer transfer{request, rules};
  const List fields = list_of(request);
  if (!prepare(easy.get(), fields.get(), transfer)) return WebFailure{"the request cannot be made"};
  const CURLcode code = curl_easy_perform(easy.get());
  return result_of(easy.get(), code, transfer);
}

}  // namespace

WebExchange curl_exchange(WebRules rules) {
  // Not safe beside other threads, so not left to the first curl_easy_init().
  curl_global_init(CURL_GLOBAL_DEFAULT);
  return [rules = std::move(rules)](const WebRequest& request) { return exchange(request, rules); };
}

}  // namespace retrochat
