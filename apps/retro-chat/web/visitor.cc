#include "web/visitor.h"

namespace retrochat {

Frame Visitor::frame() const {
  Frame frame;
  frame.language = language;
  if (signed_in)
    frame.signed_in = FrameOwner{signed_in->account.handle, signed_in->session.form_token()};
  return frame;
}

std::optional<Account> Visitor::account() const {
  return signed_in ? std::optional(signed_in->account) : std::nullopt;
}

Answer<Visitor> Reception::receive(const tayori::HttpRequest& request) {
  Visitor visitor;
  const std::string asked = request.query_value("lang");
  visitor.language =
      choose_language(asked, request.cookie("retrochat_lang"), request.field("Accept-Language"));
  visitor.chose_language = language_of(asked).has_value();
  visitor.is_script = request.field("Accept").starts_with("application/json");
  const auto session = key_.session_of(request.cookie(site_.session_cookie()));
  if (!session) return visitor;
  auto account = sessions_.use(*session);
  if (!account) return account.refusal();
  if (*account) visitor.signed_in = SignedIn{*session, std::move(**account)};
  return visitor;
}

Done Reception::admit_stranger(const tayori::HttpRequest& request) const {
  const bool own =
      site_.is_own(request.field("Origin"), request.field("Sec-Fetch-Site"), request.field("Host"));
  if (!own) return Refusal::other_site;
  return done();
}

Done Reception::admit(const tayori::HttpRequest& request, const Visitor& visitor) const {
  if (const auto own = admit_stranger(request); !own) return own;
  if (!visitor.signed_in) return Refusal::sign_in_first;
  if (!visitor.signed_in->session.is_form_token(request.form_value("form_token")))
    return Refusal::form_expired;
  return done();
}

}  // namespace retrochat
