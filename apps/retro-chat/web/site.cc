#include "web/site.h"

#include "text/trailing_slash.h"

namespace retrochat {
Site::Site(std::string_view public_url) : public_url_(without_trailing_slash(public_url)) {}

bool Site::is_https() const { return public_url_.starts_with("https://"); }

bool Site::is_own(std::string_view origin, std::string_view fetch_site,
                  std::string_view host) const {
  if (!fetch_site.empty() && fetch_site != "same-origin" && fetch_site != "none") return false;
  if (origin.empty()) return true;
  if (!public_url_.empty()) return origin == public_url_;
  const std::size_t scheme_end = origin.find("://");
  return scheme_end != std::string_view::npos && !host.empty() &&
         origin.substr(scheme_end + 3) == host;
}

std::string_view Site::session_cookie() const {
  return is_https() ? "__Host-retrochat_session" : "retrochat_session";
}

std::string_view Site::stranger_cookie() const {
  return is_https() ? "__Host-retrochat_stranger" : "retrochat_stranger";
}

std::string_view Site::flight_cookie() const {
  return is_https() ? "__Host-retrochat_flight" : "retrochat_flight";
}

std::string_view Site::newcomer_cookie() const {
  return is_https() ? "__Host-retrochat_newcomer" : "retrochat_newcomer";
}

std::string Site::address(std::string_view path, std::string_view host) const {
  std::string base = public_url_;
  if (base.empty()) base.append("http://").append(host);
  return base.append(path);
}

}  // namespace retrochat
