#include "api/router.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/problem.h"
#include "base/check.h"

namespace tayori::api {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  path.remove_prefix(1);
  while (true) {
    const std::size_t slash = path.find('/');
    segments.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool is_name(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

/// What the names of `pattern` stand for in `path`; nothing when they do not match.
std::optional<std::vector<HttpField>> match(const std::vector<std::string>& pattern,
                                            const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return {};
  std::vector<HttpField> values;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_name(pattern[i])) {
      if (path[i].empty()) return {};
      values.push_back({pattern[i].substr(1, pattern[i].size() - 2), path[i]});
    } else if (pattern[i] != path[i]) {
      return {};
    }
  }
  return values;
}

/// Patterns with a literal further to the left come first, so that "/rooms/new" wins over "/rooms/{owner}".
bool is_more_literal(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (is_name(a[i]) != is_name(b[i])) return is_name(b[i]);
  }
  return false;
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler) {
  CHECK(pattern.starts_with('/'), "a pattern starts with a slash");
  auto segments = split(pattern);
  Route* route = nullptr;
  if (std::none_of(segments.begin(), segments.end(), is_name)) {
    route = &literal_[std::string(pattern)];
  } else {
    const auto same = std::find_if(patterns_.begin(), patterns_.end(),
                                   [&](const Route& known) { return known.segments == segments; });
    if (same != patterns_.end()) {
      route = &*same;
    } else {
      const auto place = std::find_if(patterns_.begin(), patterns_.end(), [&](const Route& known) {
        return is_more_literal(segments, known.segments);
      });
      route = &*patterns_.insert(place, Route{});
    }
  }
  route->segments = std::move(segments);
  const bool is_new = route->by_method.emplace(method, std::move(handler)).second;
  CHECK(is_new, "a method on a pattern has one handler");
}

const Router::Route* Router::find(HttpRequest& request) const {
  if (const auto entry = literal_.find(request.path); entry != literal_.end())
    return &entry->second;
  if (patterns_.empty()) return nullptr;
  const auto segments = split(request.path);
  for (const Route& route : patterns_) {
    auto values = match(route.segments, segments);
    if (!values) continue;
    request.path_values = std::move(*values);
    return &route;
  }
  return nullptr;
}

void Router::on_request(HttpRequest request, net::HttpExchange exchange) {
  const Route* route = find(request);
  if (route == nullptr) {
    if (otherwise_) return otherwise_(std::move(request), std::move(exchange));
    return refuse(std::move(exchange), Error::of(ErrorCode::not_found), nullptr);
  }
  auto handler = route->by_method.find(request.method);
  if (handler == route->by_method.end() && request.method == "HEAD")
    handler = route->by_method.find("GET");
  if (handler == route->by_method.end()) {
    return refuse(std::move(exchange), Error::of(ErrorCode::method_not_allowed), route);
  }
  handler->second(std::move(request), std::move(exchange));
}

void Router::refuse(net::HttpExchange exchange, const Error& error, const Route* route) {
  refused_(error.code);
  HttpResponse response = problem(error);
  if (route != nullptr) {
    std::vector<std::string> methods;
    for (const auto& [method, handler] : route->by_method) {
      methods.push_back(method);
      if (method == "GET" && !route->by_method.contains("HEAD")) methods.emplace_back("HEAD");
    }
    std::sort(methods.begin(), methods.end());
    std::string allow;
    for (const std::string& method : methods)
      allow.append(allow.empty() ? "" : ", ").append(method);
    response.with("Allow", std::move(allow));
  }
  exchange.respond(response);
}

HttpResponse Router::on_bad_request(const Error& error) {
  refused_(error.code);
  return problem(error);
}

}  // namespace tayori::api
