#include "net/http_reader.h"

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/check.h"
#include "base/form.h"
#include "base/utf8.h"

namespace tayori::net {

namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

/// "0", its line's end and the empty line: the fewest bytes in which a chunked body ends.
constexpr std::size_t kLastChunkBytes = 5;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

/// Beast lets line feeds pass in quoted extensions, which others read as the end of the line.
struct ExtensionCheck {
  void operator()(std::uint64_t, boost::beast::string_view extensions, error_code& error) const {
    if (std::any_of(extensions.begin(), extensions.end(), is_control)) {
      error = http::error::bad_chunk_extension;
    }
  }
};

Error error_of(const error_code& error) {
  if (error == http::error::header_limit) return Error::of(ErrorCode::head_too_large);
  if (error == http::error::body_limit) return Error::of(ErrorCode::payload_too_large);
  return Error::of(ErrorCode::invalid_request,
                   "The request is not well-formed HTTP/1.1: " + error.message() + ".");
}

/// A target's path and query. Nothing for forms that only proxies use, and for paths that cannot be decoded.
struct Target {
  std::string path;
  std::string query;
};

std::optional<Target> parse_target(std::string_view target) {
  // RFC 9112 section 3.2.2: the absolute form has to be understood. Its path may be missing.
  bool is_absolute = false;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!base::equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t host_end = std::min(target.find_first_of("/?"), target.size());
    if (host_end == 0) return {};
    target.remove_prefix(host_end);
    is_absolute = true;
    break;
  }
  const std::size_t question = target.find('?');
  std::string_view encoded = target.substr(0, question);
  if (is_absolute && encoded.empty()) encoded = "/";
  if (!encoded.starts_with('/') || target.find('#') != std::string_view::npos) return {};
  auto path = base::percent_decode(encoded);
  if (!path || !base::is_utf8(*path) || base::has_control_characters(*path)) return {};
  Target parsed{.path = std::move(*path), .query = {}};
  if (question != std::string_view::npos) parsed.query = target.substr(question + 1);
  return parsed;
}

/// Whether `text` may be a host and port (RFC 3986 section 3.2), by its characters. It may be empty.
bool may_be_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~%!$&'()*+,;=:[]").find(c) != std::string_view::npos;
  });
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_folded_line(std::string_view head) {
  return head.find("\r\n ") != std::string_view::npos ||
         head.find("\r\n\t") != std::string_view::npos;
}

}  // namespace

struct HttpReader::Partial {
  explicit Partial(const HttpLimits& limits) {
    // Beast ends with the head, and goes on to the body when asked again.
    parser.eager(false);
    parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes + 1));
    parser.body_limit(limits.body_bytes);
    parser.on_chunk_header(check_extension);
  }

  http::request_parser<http::string_body> parser;
  ExtensionCheck check_extension;
  /// Taken of the head so far. Beast takes it field by field and bounds only what it was shown at once.
  std::size_t head_bytes = 0;
  bool wants_continue = false;
  /// All but the body, once the head is whole.
  Complete complete;
};

HttpReader::HttpReader(const HttpLimits& limits) : limits_(limits) {}
HttpReader::~HttpReader() = default;

std::size_t HttpReader::take(std::string_view input) {
  CHECK(state_ != State::complete && state_ != State::failed,
        "a finished request is released first");
  std::size_t done = 0;
  if (state_ == State::idle) {
    // RFC 9112 section 2.2: some clients send an empty line behind a body.
    while (input.substr(done).starts_with("\r\n")) done += 2;
    if (done == input.size() || input.substr(done) == "\r") return done;
    partial_ = std::make_unique<Partial>(limits_);
    state_ = State::in_head;
  }
  if (state_ == State::in_head) done += take_head(input.substr(done));
  if (state_ == State::in_body) done += take_body(input.substr(done));
  return done;
}

std::size_t HttpReader::take_head(std::string_view input) {
  auto& parser = partial_->parser;
  if (input.empty()) return 0;
  error_code error;
  const std::size_t done = parser.put(boost::asio::buffer(input.data(), input.size()), error);
  partial_->head_bytes += done;
  const std::size_t waiting = parser.is_header_done() ? 0 : input.size() - done;
  if (has_folded_line(input.substr(0, done))) {
    fail(Error::of(ErrorCode::invalid_request, "A field stands on one line."));
  } else if (error && error != http::error::need_more) {
    fail(error_of(error));
  } else if (partial_->head_bytes + waiting > limits_.head_bytes) {
    fail(Error::of(ErrorCode::head_too_large));
  } else if (parser.is_header_done()) {
    state_ = State::in_body;
    check_head();
    if (state_ == State::in_body) read_head();
    if (state_ == State::in_body && parser.is_done()) finish();
  }
  return done;
}

std::size_t HttpReader::take_body(std::string_view input) {
  auto& parser = partial_->parser;
  parser.eager(true);
  std::size_t done = 0;
  while (done < input.size() && !parser.is_done()) {
    // Beast asserts that it sees as much, instead of asking for it.
    if (parser.chunked() && input.size() - done < kLastChunkBytes) break;
    error_code error;
    const std::size_t consumed =
        parser.put(boost::asio::buffer(input.data() + done, input.size() - done), error);
    done += consumed;
    if (error == http::error::need_more) break;
    if (error) {
      fail(error_of(error));
      return done;
    }
    if (consumed == 0) break;
  }
  if (parser.is_done()) {
    finish();
  } else if (input.size() - done > limits_.head_bytes) {
    // A chunk's line or the trailers: Beast wants them whole, however long they are.
    fail(Error::of(ErrorCode::head_too_large));
  }
  return done;
}

void HttpReader::check_head() {
  const auto& head = partial_->parser.get();
  const auto refuse = [&](const char* why) { fail(Error::of(ErrorCode::invalid_request, why)); };

  const auto fields = static_cast<std::size_t>(std::distance(head.begin(), head.end()));
  if (fields > limits_.head_fields) return fail(Error::of(ErrorCode::head_too_large));
  const std::size_t hosts = head.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() == 11) || !may_be_host(head[http::field::host])) {
    return refuse("A request has one Host field.");
  }
  // A body whose length two readers could see differently is how requests are smuggled (RFC 9112 section 6.1).
  const std::size_t encodings = head.count(http::field::transfer_encoding);
  const std::size_t lengths = head.count(http::field::content_length);
  if (lengths > 1 || (encodings > 0 && lengths > 0) ||
      (lengths == 1 && !is_digits(head[http::field::content_length]))) {
    return refuse("A body has one length.");
  }
  if (encodings > 1 ||
      (encodings == 1 &&
       !base::equal_ignoring_case(head[http::field::transfer_encoding], "chunked")) ||
      (encodings > 0 && head.version() == 10)) {
    return refuse("Transfer-Encoding is chunked, in HTTP/1.1.");
  }
  partial_->wants_continue = head.version() == 11 && !partial_->parser.is_done() &&
                             base::equal_ignoring_case(head[http::field::expect], "100-continue");
}

void HttpReader::read_head() {
  // Now, since Beast puts trailers among the fields: nobody has checked those.
  const auto& head = partial_->parser.get();
  auto target = parse_target(head.target());
  if (!target) {
    return fail(Error::of(ErrorCode::invalid_request, "The target is a path that can be decoded."));
  }
  HttpRequest& request = partial_->complete.request;
  request.method = head.method_string();
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  request.fields.reserve(static_cast<std::size_t>(std::distance(head.begin(), head.end())));
  for (const auto& field : head) {
    // RFC 9110 section 7.8: HTTP/1.0 cannot be upgraded.
    if (head.version() == 10 && field.name() == http::field::upgrade) continue;
    request.fields.push_back({field.name_string(), field.value()});
  }
  partial_->complete.keep_alive = partial_->parser.keep_alive();
}

void HttpReader::finish() {
  complete_ = std::move(partial_->complete);
  complete_.request.body = std::move(partial_->parser.get().body());
  partial_.reset();
  state_ = State::complete;
}

HttpReader::Complete HttpReader::release() {
  CHECK(state_ == State::complete, "only a whole request is released");
  state_ = State::idle;
  return std::exchange(complete_, {});
}

bool HttpReader::take_wants_continue() {
  return partial_ && state_ == State::in_body && std::exchange(partial_->wants_continue, false);
}

}  // namespace tayori::net
