#include "client/caller.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <thread>
#include <utility>

#include "base/json.h"
#include "client/answers.h"

namespace tayori::client {
namespace {

using Clock = std::chrono::steady_clock;

/// A line break, as files have one at their end, would begin another field of the request.
bool fits_a_field(std::string_view key) {
  return std::ranges::none_of(key, [](unsigned char one) { return one < 0x20 || one == 0x7f; });
}

/// Whether another attempt does no harm and may do better.
bool is_worth_another(const PostEnd& end, const Result<boost::json::object>& answer,
                      Repeat repeat) {
  if (answer) return false;
  if (end.kind == PostEnd::Kind::no_server) return true;
  if (answer.error().code == ErrorCode::shutting_down) return true;
  const bool is_unknown = answer.error().is_unanswered && (end.status == 0 || end.status >= 500);
  return is_unknown && repeat == Repeat::harmless;
}

}  // namespace

Caller::Caller(ClientOptions options, Pause pause)
    : options_(std::move(options)),
      url_(options_.url),
      pause_(std::move(pause)),
      connections_(options_.idle_connections) {
  while (url_.ends_with('/')) url_.pop_back();
  // Without the last, libcurl asks before a large body whether it may come, and waits.
  fields_ = {"Content-Type: application/json", "Expect:"};
  if (!options_.api_key.empty()) fields_.push_back("Authorization: Bearer " + options_.api_key);
}

Result<boost::json::object> Caller::call(std::string_view path, const boost::json::object& body,
                                         Repeat repeat, std::chrono::milliseconds patience) {
  if (!fits_a_field(options_.api_key)) {
    return Error::of(ErrorCode::unauthorized,
                     "The API key holds a line break or another control character.");
  }
  const auto deadline = Clock::now() + options_.timeout + patience;
  const std::string address = url_ + std::string(path);
  const std::string text = boost::json::serialize(body);
  auto pause = options_.retry_pause;
  for (std::size_t attempt = 1;; ++attempt) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    const PostEnd end = try_once({address, fields_, text, left, repeat});
    auto answer = read(end);
    const bool is_last = attempt >= options_.attempts || Clock::now() + pause >= deadline;
    if (is_last || !is_worth_another(end, answer, repeat)) return answer;
    pause_(pause);
    pause *= 2;
  }
}

void Caller::sleep(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

PostEnd Caller::try_once(const Post& post) {
  net::CurlEasy easy = connections_.take();
  PostEnd end = client::post(easy.get(), post);
  connections_.give_back(std::move(easy));
  return end;
}

Result<boost::json::object> Caller::read(const PostEnd& end) const {
  if (end.kind != PostEnd::Kind::answered)
    return Error::unanswered(fmt::format("no answer from {}: {}", url_, end.why));
  const base::JsonParse parsed = base::parse_json(end.body);
  if (!parsed || !parsed.value->is_object()) return no_tayori(end.status);
  const auto& object = parsed.value->get_object();
  if (end.status == 200) return object;
  return read_problem(object).value_or(no_tayori(end.status));
}

Error Caller::no_tayori(int status) const {
  return Error::unanswered(fmt::format(
      "{} does not answer like a Tayori server (status {}); is it the internal address?", url_,
      status));
}

}  // namespace tayori::client
