#include "tayori/http.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/form.h"

namespace tayori {
namespace {

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

HttpResponse with_body(int status, std::string type, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  response.with("Content-Type", std::move(type));
  return response;
}

constexpr bool ends_or_splits_a_line(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
}

/// A Location that cannot end its line: spaces and control characters are escaped, the rest is the
/// caller's.
std::string as_location(std::string text) {
  if (std::ranges::none_of(text, ends_or_splits_a_line)) return text;
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string location;
  for (const char c : text) {
    if (ends_or_splits_a_line(c)) {
      const auto byte = static_cast<unsigned char>(c);
      location.append({'%', kDigits[byte >> 4], kDigits[byte & 0x0F]});
    } else {
      location.push_back(c);
    }
  }
  return location;
}

}  // namespace

std::string_view HttpRequest::field(std::string_view name) const {
  for (const HttpField& field : fields) {
    if (base::equal_ignoring_case(field.name, name)) return field.value;
  }
  return {};
}

std::string_view HttpRequest::path_value(std::string_view name) const {
  for (const HttpField& value : path_values) {
    if (value.name == name) return value.value;
  }
  return {};
}

std::string HttpRequest::query_value(std::string_view name) const {
  return base::form_value(query, name).value_or("");
}

std::string HttpRequest::form_value(std::string_view name) const {
  std::string_view type = field("Content-Type");
  if (!base::equal_ignoring_case(base::take_until(type, ';'), kFormType)) return {};
  return base::form_value(body, name).value_or("");
}

std::string HttpRequest::cookie(std::string_view name) const {
  std::string_view rest = field("Cookie");
  while (!rest.empty()) {
    const std::string_view pair = base::take_until(rest, ';');
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name)
      return std::string(pair.substr(equals + 1));
  }
  return {};
}

HttpResponse HttpResponse::text(int status, std::string body) {
  return with_body(status, "text/plain; charset=utf-8", std::move(body));
}

HttpResponse HttpResponse::html(int status, std::string body) {
  return with_body(status, "text/html; charset=utf-8", std::move(body));
}

HttpResponse HttpResponse::json(int status, std::string body) {
  return with_body(status, "application/json", std::move(body));
}

HttpResponse HttpResponse::see_other(std::string location) {
  HttpResponse response;
  response.status = 303;
  response.with("Location", as_location(std::move(location)));
  return response;
}

}  // namespace tayori
