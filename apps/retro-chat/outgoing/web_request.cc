#include "outgoing/web_request.h"

#include <curl/curl.h>

#include <memory>

namespace retrochat {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool is_this_machine(const std::string& host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

/// RFC 3986 "unreserved".
bool stays(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_escaped(std::string& to, std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    if (stays(c)) {
      to += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    to.append({'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]});
  }
}

}  // namespace

bool is_safe_address(std::string_view text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  const std::string copy(text);
  if (!url ||
      curl_url_set(url.get(), CURLUPART_URL, copy.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
    return false;
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (!part_of(url.get(), CURLUPART_FRAGMENT).empty()) return false;
  return scheme == "https" ||
         (scheme == "http" && is_this_machine(part_of(url.get(), CURLUPART_HOST)));
}

std::string form_encoded(const std::vector<tayori::HttpField>& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (!text.empty()) text += '&';
    append_escaped(text, name);
    text += '=';
    append_escaped(text, value);
  }
  return text;
}

}  // namespace retrochat
