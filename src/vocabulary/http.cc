#include "tayori/http.h"

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

/// A Location that cannot end its line: space and control characters are escaped, the rest is the
/// caller's.
std::string as_location(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string location;
  location.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F) {
      location.push_back(c);
    } else {
      location.append({'%', kDigits[byte >> 4], kDigits[byte & 0x0F]});
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
  response.with("Location", as_location(location));
  return response;
}

}  // namespace tayori
