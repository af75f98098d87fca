#include "reposts/services.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "reposts/post_text.h"
#include "reposts/webhook_signature.h"
#include "rooms/address.h"
#include "text/limits.h"
#include "text/local_path.h"

namespace retrochat {
namespace {

using Then = Verdict::Then;

std::string link_of(const RepostTask& task, const ServiceOptions& options) {
  return options.public_url.empty() ? "" : options.public_url + path_of(task.room);
}

WebRequest webhook_post(const RepostTask& task, const std::string& secret,
                        const ServiceOptions& options, TimePoint now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  boost::json::object body{{"type", task.repost.event ? "line" : "test"},
                           {"room", task.room.name},
                           {"owner", task.room.owner.handle},
                           {"number", task.room.number.value}};
  if (task.repost.event)
    body["event"] = task.repost.event->value;
  else
    body["event"] = nullptr;
  body["who"] = task.repost.who;
  body["at"] = task.repost.at.time_since_epoch().count();
  body["line"] = task.repost.line;
  const std::string link = link_of(task, options);
  if (link.empty())
    body["url"] = nullptr;
  else
    body["url"] = link;
  std::string text = boost::json::serialize(body);
  const std::string id = "msg_" + task.repost.key;
  return {"POST",
          task.target.address,
          {{"Content-Type", "application/json"},
           {"webhook-id", id},
           {"webhook-timestamp", std::to_string(seconds.time_since_epoch().count())},
           {"webhook-signature", webhook_signature(secret, id, seconds, text)}},
          text};
}

bool is_safe(char c) {
  constexpr std::string_view kOutside = "[]<>\"'\\`{}|^";
  return c > 0x20 && c < 0x7F && kOutside.find(c) == kOutside.npos;
}

/// An address as it may stand in a list, or "": what a service says is a stranger's word.
std::string listed_url(const boost::json::value* value) {
  if (value == nullptr || !value->is_string()) return {};
  const std::string url(value->get_string());
  const bool good = (url.starts_with("https://") || url.starts_with("http://")) &&
                    url.size() <= limits::kRepostAddressBytes && std::ranges::all_of(url, is_safe);
  return good ? url : std::string{};
}

std::string post_id_of(const boost::json::value* value) {
  if (value == nullptr || !value->is_string()) return {};
  const std::string id(value->get_string());
  const bool good = !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return good ? id : std::string{};
}

boost::json::value parsed(const std::string& body) {
  boost::system::error_code wrong;
  auto value = boost::json::parse(body, wrong);
  return wrong ? boost::json::value{} : value;
}

const boost::json::value* member(const boost::json::value* value, std::string_view name) {
  return value != nullptr && value->is_object() ? value->get_object().if_contains(name) : nullptr;
}

Verdict taken(RepostKind kind, const WebAnswer& answer) {
  if (kind == RepostKind::webhook) return {Then::posted};
  const boost::json::value body = parsed(answer.body);
  if (kind == RepostKind::mastodon) {
    const std::string id = post_id_of(member(&body, "id"));
    // Asking again does no harm: the same Idempotency-Key brings the same post.
    if (id.empty()) return {Then::again, "unreadable"};
    return {Then::posted, "", id, listed_url(member(&body, "url"))};
  }
  const std::string id = post_id_of(member(member(&body, "data"), "id"));
  const bool is_number =
      !id.empty() && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
  // X knows no such key; it has most likely posted, and asking again could post twice.
  if (!is_number) return {Then::posted, "unreadable"};
  return {Then::posted, "", id, "https://x.com/i/status/" + id};
}

bool is_repetition(RepostKind kind, const WebAnswer& answer) {
  if (kind != RepostKind::x || answer.status != 403) return false;
  const boost::json::value body = parsed(answer.body);
  const auto* detail = member(&body, "detail");
  return detail != nullptr && detail->is_string() &&
         std::string_view(detail->get_string()).find("duplicate content") != std::string_view::npos;
}

}  // namespace

WebRequest post_for(const RepostTask& task, const std::string& secret,
                    const ServiceOptions& options, TimePoint now) {
  const auto& [kind, address, visibility, sealed, paused] = task.target;
  if (kind == RepostKind::webhook) return webhook_post(task, secret, options, now);
  const std::string text =
      post_text(kind, {task.repost.who, task.repost.line, link_of(task, options)});
  const tayori::HttpField bearer{"Authorization", "Bearer " + secret};
  if (kind == RepostKind::x) {
    return {"POST",
            options.x_api + "/2/tweets",
            {bearer, {"Content-Type", "application/json"}},
            boost::json::serialize(boost::json::object{{"text", text}})};
  }
  return {"POST",
          address + "/api/v1/statuses",
          {bearer,
           {"Content-Type", "application/x-www-form-urlencoded"},
           {"Idempotency-Key", task.repost.key}},
          form_encoded({{"status", text}, {"visibility", visibility}})};
}

namespace {

Verdict verdict_of(const WebFailure& failure) {
  switch (failure.kind) {
    case WebFailure::Kind::unreachable: return {Then::again, "unreachable"};
    case WebFailure::Kind::timed_out: return {Then::again, "timed_out"};
    case WebFailure::Kind::forbidden: return {Then::refused_and_rest, "address_forbidden"};
  }
  return {Then::again, "unreachable"};
}

}  // namespace

Verdict verdict_of(RepostKind kind, const WebResult& result) {
  if (const auto* failure = std::get_if<WebFailure>(&result)) return verdict_of(*failure);
  const auto& answer = std::get<WebAnswer>(result);
  const int status = answer.status;
  if (status >= 200 && status < 300) return taken(kind, answer);
  if (is_repetition(kind, answer)) return {Then::refused, "repetition"};
  const std::string reason = "http_" + std::to_string(status);
  if (status == 401 || status == 403 || status == 410) return {Then::refused_and_rest, reason};
  if (status == 408 || status == 425 || status == 429 || status >= 500)
    return {Then::again, reason};
  return {Then::refused, reason};
}

}  // namespace retrochat
