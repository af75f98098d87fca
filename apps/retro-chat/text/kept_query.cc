#include "text/kept_query.h"

#include "text/limits.h"

namespace retrochat {
namespace {

bool is_look(std::string_view parameter) {
  const std::string_view name = parameter.substr(0, parameter.find('='));
  return name == "lang" || name == "palette" || name == "scheme";
}

}  // namespace

std::string kept_query(std::string_view query) {
  std::string kept;
  if (query.size() > limits::kKeptQueryBytes) return kept;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view parameter = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    if (parameter.empty() || is_look(parameter)) continue;
    for (const char each : parameter) {
      // A colon could be taken for the end of a scheme by what checks addresses.
      if (each == ':') {
        kept += "%3A";
      } else {
        kept += each;
      }
    }
    kept += '&';
  }
  return kept;
}

}  // namespace retrochat
