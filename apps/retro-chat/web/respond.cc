#include "web/respond.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "text/limits.h"

namespace retrochat {
namespace {

/// What a page may load and connect to: its own site, and the channel's where that is another one.
std::string policy_with(std::string_view channel_origin) {
  std::string script;
  std::string connect;
  if (!channel_origin.empty()) {
    const std::string origin(channel_origin);
    script = " " + origin;
    // "http" begins both schemes, and "ws" with what follows is that of the WebSocket.
    connect = " " + origin + " ws" + origin.substr(std::string_view("http").size());
  }
  return "default-src 'none'; script-src 'self'" + script +
         "; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'" + connect +
         "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

constexpr std::chrono::days kWishesKept{365};

void add_personal_fields(tayori::HttpResponse& response) {
  response.with("Cache-Control", "no-store")
      .with("X-Content-Type-Options", "nosniff")
      // Not no-referrer: that would make browsers send forms with "Origin: null".
      .with("Referrer-Policy", "same-origin");
}

}  // namespace

std::optional<std::chrono::seconds> retry_after(Refusal refusal) {
  switch (refusal) {
    case Refusal::too_many_attempts: return limits::kSignInWindow;
    case Refusal::too_many_sign_ups: return limits::kSignUpWindow;
    case Refusal::too_many_guests: return limits::kGuestWindow;
    case Refusal::too_many_knocks: return limits::kKnockWindow;
    case Refusal::lines_too_fast: return limits::kLinesWindow;
    case Refusal::searches_too_fast: return limits::kSearchWindow;
    case Refusal::repost_tests_too_fast: return limits::kRepostTestWindow;
    default: return std::nullopt;
  }
}

Respond::Respond(const Site& site, const Pages& pages, const CookieKey& key,
                 std::string_view channel_origin)
    : site_(site), pages_(pages), key_(key), policy_(policy_with(channel_origin)) {}

tayori::HttpResponse Respond::page(const Visitor& visitor, int status, std::string html) const {
  auto response = tayori::HttpResponse::html(status, std::move(html));
  add_personal_fields(response);
  response.with("Content-Security-Policy", policy_)
      .with("Content-Language", std::string(code(visitor.language)))
      .with("Vary", "Accept-Language, Cookie");
  if (visitor.chose_language)
    set_cookie(response, "retrochat_lang", code(visitor.language), kWishesKept);
  if (visitor.chose_palette)
    set_cookie(response, "retrochat_palette", name(visitor.looks.palette), kWishesKept);
  if (visitor.chose_scheme)
    set_cookie(response, "retrochat_scheme", name(visitor.looks.scheme), kWishesKept);
  return response;
}

tayori::HttpResponse Respond::text(int status, std::string body) const {
  auto response = tayori::HttpResponse::text(status, std::move(body));
  add_personal_fields(response);
  return response;
}

tayori::HttpResponse Respond::json(int status, std::string body) const {
  auto response = tayori::HttpResponse::json(status, std::move(body));
  add_personal_fields(response);
  return response;
}

tayori::HttpResponse Respond::go(const std::string& path) const {
  auto response = tayori::HttpResponse::see_other(path);
  add_personal_fields(response);
  return response;
}

tayori::HttpResponse Respond::refuse(const Visitor& visitor, const ErrorView& view) const {
  const RefusalFacts& row = facts(view.refusal);
  const boost::json::object problem{{"status", row.http_status},
                                    {"code", row.name},
                                    {"title", sentence(view.refusal, visitor.language)}};
  auto response = visitor.is_script
                      ? json(row.http_status, boost::json::serialize(problem))
                      : page(visitor, row.http_status, pages_.error(visitor.frame(), view));
  if (const auto wait = retry_after(view.refusal))
    response.with("Retry-After", std::to_string(wait->count()));
  return response;
}

void Respond::set_session(tayori::HttpResponse& response, const SessionId& session) const {
  set_cookie(response, site_.session_cookie(), key_.sign(session), limits::kSessionUnused);
}

void Respond::clear_session(tayori::HttpResponse& response) const {
  set_cookie(response, site_.session_cookie(), "", std::chrono::seconds{0});
}

void Respond::set_cookie(tayori::HttpResponse& response, std::string_view name,
                         std::string_view value, std::chrono::seconds life) const {
  std::string cookie;
  cookie.append(name).append("=").append(value);
  cookie.append("; Path=/; Max-Age=").append(std::to_string(life.count()));
  cookie.append("; HttpOnly; SameSite=Lax");
  if (site_.is_https()) cookie.append("; Secure");
  response.with("Set-Cookie", std::move(cookie));
}

}  // namespace retrochat
