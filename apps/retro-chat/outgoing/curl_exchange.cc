#include "outgoing/curl_exchange.h"

#include <curl/curl.h>

#include <memory>
#include <utility>

namespace retrochat {
namespace {

/// Fields of an answer beyond these are left out: nobody asks for so many.
constexpr std::size_t kFieldsKept = 100;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

struct Transfer {
  std::size_t limit;
  bool is_too_long = false;
  WebAnswer answer = {};
};

// Fewer bytes taken than given end the transfer.
std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& transfer = *static_cast<Transfer*>(into);
  const std::size_t given = size * count;
  transfer.is_too_long = transfer.answer.body.size() + given > transfer.limit;
  if (transfer.is_too_long) return 0;
  transfer.answer.body.append(bytes, given);
  return given;
}

std::size_t take_field(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& fields = static_cast<Transfer*>(into)->answer.fields;
  const std::string_view line(bytes, size * count);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || fields.size() >= kFieldsKept) return line.size();
  std::string_view value = line.substr(colon + 1);
  const std::size_t first = value.find_first_not_of(" \t\r\n");
  value = first == std::string_view::npos ? "" : value.substr(first);
  value = value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
  fields.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return line.size();
}

List list_of(const WebRequest& request) {
  curl_slist* head = nullptr;
  for (const auto& [name, value] : request.fields)
    head = curl_slist_append(head, (name + ": " + value).c_str());
  // libcurl would ask leave before a longer body, and lose a second where nobody answers that.
  head = curl_slist_append(head, "Expect:");
  return List(head);
}

void prepare(CURL* easy, const WebRequest& request, const WebLimits& limits, Transfer& transfer) {
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  if (request.method != "GET") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // An empty name keeps libcurl from looking for one in the environment.
  curl_easy_setopt(easy, CURLOPT_PROXY, limits.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "retrochat");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &take_field);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
}

WebResult exchange(const WebRequest& request, const WebLimits& limits) {
  if (!is_safe_address(request.url)) return WebFailure{"the address is not https"};
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy) return WebFailure{"there is no memory for a request"};
  Transfer transfer{.limit = limits.answer_bytes};
  const List fields = list_of(request);
  prepare(easy.get(), request, limits, transfer);
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, fields.get());
  const CURLcode code = curl_easy_perform(easy.get());
  if (transfer.is_too_long)
    return WebFailure{"the answer is longer than " + std::to_string(limits.answer_bytes) +
                      " bytes"};
  if (code != CURLE_OK) return WebFailure{curl_easy_strerror(code)};
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  transfer.answer.status = static_cast<int>(status);
  return std::move(transfer.answer);
}

}  // namespace

WebExchange curl_exchange(WebLimits limits) {
  // Not safe beside other threads, so not left to the first curl_easy_init().
  curl_global_init(CURL_GLOBAL_DEFAULT);
  return
      [limits = std::move(limits)](const WebRequest& request) { return exchange(request, limits); };
}

}  // namespace retrochat
