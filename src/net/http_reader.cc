#include "net/http_reader.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <iterator>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/check.h"
#include "base/form.h"
#include "base/utf8.h"

namespace tayori::net {

namespace http = boost::beast::http;

struct HttpReader::Partial {
  http::request_parser<http::string_body> parser;
  bool is_head_checked = false;
  bool wants_continue = false;
};

namespace {

Error error_of(const boost::system::error_code& error) {
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
  // RFC 9112 section 3.2.2: the absolute form has to be understood.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t slash = target.find('/', scheme.size());
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!target.starts_with('/')) return {};
  const std::size_t question = target.find('?');
  auto path = base::percent_decode(target.substr(0, question));
  if (!path || !base::is_utf8(*path) || base::has_control_characters(*path)) return {};
  Target parsed{.path = std::move(*path), .query = {}};
  if (question != std::string_view::npos) parsed.query = target.substr(question + 1);
  return parsed;
}

}  // namespace

HttpReader::HttpReader(const HttpLimits& limits) : limits_(limits) {}
HttpReader::~HttpReader() = default;

std::size_t HttpReader::take(std::string_view input) {
  CHECK(state_ != State::complete && state_ != State::failed,
        "a finished request is released first");
  if (!partial_) {
    if (input.empty()) return 0;
    partial_ = std::make_unique<Partial>();
    partial_->parser.eager(true);
    partial_->parser.header_limit(static_cast<std::uint32_t>(limits_.head_bytes));
    partial_->parser.body_limit(limits_.body_bytes);
    state_ = State::in_head;
  }
  auto& parser = partial_->parser;
  std::size_t done = 0;
  while (done < input.size() && !parser.is_done()) {
    boost::system::error_code error;
    const std::size_t consumed =
        parser.put(boost::asio::buffer(input.data() + done, input.size() - done), error);
    done += consumed;
    if (parser.is_header_done() && !partial_->is_head_checked) check_head();
    if (state_ == State::failed) return done;
    if (error == http::error::need_more) break;
    if (error) {
      fail(error_of(error));
      return done;
    }
    if (consumed == 0) break;
  }
  if (parser.is_done()) finish();
  return done;
}

void HttpReader::check_head() {
  partial_->is_head_checked = true;
  state_ = State::in_body;
  const auto& head = partial_->parser.get();
  const auto refuse = [&](const char* why) { fail(Error::of(ErrorCode::invalid_request, why)); };

  const auto fields = static_cast<std::size_t>(std::distance(head.begin(), head.end()));
  if (fields > limits_.head_fields) return fail(Error::of(ErrorCode::head_too_large));
  if (head.version() != 11 && head.version() != 10)
    return refuse("The version is HTTP/1.1 or HTTP/1.0.");
  const std::size_t hosts = head.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() == 11))
    return refuse("A request has one Host field.");
  // A body whose length two readers could see differently is how requests are smuggled (RFC 9112 section 6.1).
  const std::size_t encodings = head.count(http::field::transfer_encoding);
  const std::size_t lengths = head.count(http::field::content_length);
  if (lengths > 1 || (encodings > 0 && lengths > 0)) return refuse("A body has one length.");
  if (encodings > 1 ||
      (encodings == 1 &&
       !base::equal_ignoring_case(head[http::field::transfer_encoding], "chunked")) ||
      (encodings > 0 && head.version() == 10)) {
    return refuse("Transfer-Encoding is chunked, in HTTP/1.1.");
  }
  partial_->wants_continue = head.version() == 11 &&
                             base::equal_ignoring_case(head[http::field::expect], "100-continue") &&
                             !partial_->parser.is_done();
}

void HttpReader::finish() {
  auto& parser = partial_->parser;
  const bool keep_alive = parser.keep_alive();
  auto message = parser.release();
  auto target = parse_target(message.target());
  if (!target)
    return fail(Error::of(ErrorCode::invalid_request, "The target is a path that can be decoded."));

  HttpRequest request;
  request.method = message.method_string();
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  request.fields.reserve(static_cast<std::size_t>(std::distance(message.begin(), message.end())));
  for (const auto& field : message) request.fields.push_back({field.name_string(), field.value()});
  request.body = std::move(message.body());
  complete_ = {.request = std::move(request), .keep_alive = keep_alive};
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
