#include "web/visitor.h"

#include "text/kept_query.h"

namespace retrochat {
namespace {

/// How the visitor wants pages to look: what they ask for now, then what they asked for before.
void read_looks(Visitor& visitor, const tayori::HttpRequest& request) {
  const auto palette = palette_of(request.query_value("palette"));
  const auto scheme = scheme_of(request.query_value("scheme"));
  visitor.chose_palette = palette.has_value();
  visitor.chose_scheme = scheme.has_value();
  const auto remembered_palette = palette_of(request.cookie("retrochat_palette"));
  const auto remembered_scheme = scheme_of(request.cookie("retrochat_scheme"));
  visitor.looks.palette = palette.value_or(remembered_palette.value_or(Palette::beige));
  visitor.looks.scheme = scheme.value_or(remembered_scheme.value_or(Scheme::automatic));
}

}  // namespace

Frame Visitor::frame() const {
  Frame frame;
  frame.language = language;
  frame.looks = looks;
  frame.kept_query = kept_query;
  if (signed_in)
    frame.signed_in = FrameOwner{signed_in->account.handle, signed_in->session.form_token()};
  return frame;
}

std::optional<Account> Visitor::account() const {
  return signed_in ? std::optional(signed_in->account) : std::nullopt;
}

Answer<Visitor> Reception::receive(const tayori::HttpRequest& request) {
  Visitor visitor;
  visitor.address = addresses_.of(request);
  const std::string asked = request.query_value("lang");
  visitor.language =
      choose_language(asked, request.cookie("retrochat_lang"), request.field("Accept-Language"));
  visitor.chose_language = language_of(asked).has_value();
  read_looks(visitor, request);
  visitor.kept_query = kept_query(request.query);
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
