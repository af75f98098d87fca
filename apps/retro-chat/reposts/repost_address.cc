#include "reposts/repost_address.h"

#include <algorithm>

#include "outgoing/public_address.h"
#include "text/limits.h"

namespace retrochat {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::size_t scheme_length(std::string_view url, Reach reach) {
  if (url.starts_with("https://")) return 8;
  return reach == Reach::anywhere && url.starts_with("http://") ? 7 : 0;
}

}  // namespace

WebReach web_reach(Reach reach) {
  const auto is_written_well = [reach](std::string_view url) {
    return scheme_length(url, reach) != 0;
  };
  if (reach == Reach::anywhere) return {is_written_well};
  return {is_written_well, is_public};
}

Answer<std::string> parse_webhook_address(std::string_view text, Reach reach) {
  const std::string_view url = trimmed(text);
  const std::size_t scheme = scheme_length(url, reach);
  const bool is_plain =
      std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; });
  if (scheme == 0 || !is_plain || url.size() > limits::kRepostAddressBytes)
    return Refusal::repost_address_bad;
  const std::string_view authority = url.substr(scheme, url.find_first_of("/?", scheme) - scheme);
  const bool is_good = !authority.empty() && authority.front() != ':' &&
                       authority.find('@') == std::string_view::npos &&
                       url.find('#') == std::string_view::npos;
  if (!is_good) return Refusal::repost_address_bad;
  return std::string(url);
}

Answer<std::string> parse_instance(std::string_view text, Reach reach) {
  auto url = parse_webhook_address(text, reach);
  if (!url) return url.refusal();
  return url->substr(0, url->find_first_of("/?", scheme_length(*url, reach)));
}

}  // namespace retrochat
