#include "net/http_writer.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <string_view>

namespace tayori::net {
namespace {

namespace http = boost::beast::http;

bool breaks_lines(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool is_writable(const HttpResponse& response) {
  return !breaks_lines(response.reason) &&
         std::none_of(response.fields.begin(), response.fields.end(), [](const HttpField& field) {
           return field.name.empty() || field.name.find_first_of(" :\t") != std::string::npos ||
                  breaks_lines(field.name) || breaks_lines(field.value);
         });
}

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7), formatted once a second a thread.
const std::string& http_date(std::chrono::system_clock::time_point now) {
  thread_local std::chrono::sys_seconds written;
  thread_local std::string text;
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (text.empty() || second != written) {
    written = second;
    text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
  }
  return text;
}

/// No length is stated where RFC 9110 section 8.6 forbids it.
bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

void write_http(std::string& out, const HttpResponse& response, const HttpFraming& framing) {
  if (!is_writable(response)) {
    return write_http(out, HttpResponse::text(500, "The answer could not be written.\n"), framing);
  }
  out += fmt::format("HTTP/1.1 {} ", response.status);
  // Beast's own word for the status, unless the program has one: old protocols carry news in it.
  out += response.reason.empty() ? std::string_view(http::obsolete_reason(
                                       http::int_to_status(static_cast<unsigned>(response.status))))
                                 : std::string_view(response.reason);
  out += "\r\n";
  for (const HttpField& field : response.fields)
    out.append(field.name).append(": ").append(field.value).append("\r\n");
  if (response.status >= 200) {
    out.append("Date: ").append(http_date(framing.date)).append("\r\n");
    out += framing.keep_alive ? fmt::format("Keep-Alive: timeout={}\r\n", framing.idle_time.count())
                              : "Connection: close\r\n";
  }
  const bool has_body = may_have_body(response.status);
  if (has_body && !framing.endless)
    out += fmt::format("Content-Length: {}\r\n", response.body.size());
  out += "\r\n";
  if (has_body && !framing.head_only) out += response.body;
}

}  // namespace tayori::net
