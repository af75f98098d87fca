// HttpRequest, HttpResponse: a whole HTTP/1.1 message as a program sees it.
//
// Both are plain values that own their bytes, so that they may travel between threads. A request that reaches
// a handler has been read completely and is within the limits of the listener.
//
// Threads: any (plain values).
// Source:  RFC 9110, RFC 9112
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tayori {

struct HttpField {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method;
  /// The path, percent-decoded, without the query: "/rooms/ann/1". Always starts with '/'.
  std::string path;
  /// The query as sent, without the '?': "page=2".
  std::string query;
  std::vector<HttpField> fields;
  std::string body;
  /// The peer's address as text, without the port.
  std::string peer;
  /// What the route's {names} matched: {"owner", "ann"}.
  std::vector<HttpField> path_values;

  /// The value of the first field called `name` (in any case), or "".
  [[nodiscard]] std::string_view field(std::string_view name) const;
  /// What the route's {name} matched, or "".
  [[nodiscard]] std::string_view path_value(std::string_view name) const;
  /// The decoded value of `name` in the query, or "".
  [[nodiscard]] std::string query_value(std::string_view name) const;
  /// The decoded value of `name` in an application/x-www-form-urlencoded body, or "".
  [[nodiscard]] std::string form_value(std::string_view name) const;
  /// The value of the cookie `name`, or "".
  [[nodiscard]] std::string cookie(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  /// Replaces the standard reason phrase when not empty.
  std::string reason;
  /// Without Content-Length, Connection and Date, which the server writes.
  std::vector<HttpField> fields;
  std::string body;

  static HttpResponse text(int status, std::string body);
  static HttpResponse html(int status, std::string body);
  static HttpResponse json(int status, std::string body);
  /// 303 See Other, so that the browser follows with a GET.
  static HttpResponse see_other(std::string location);

  HttpResponse& with(std::string name, std::string value) {
    fields.push_back({std::move(name), std::move(value)});
    return *this;
  }
};

}  // namespace tayori
