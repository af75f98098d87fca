#include "web/stranger_forms.h"

namespace retrochat {
namespace {

constexpr std::chrono::days kLife{1};

}  // namespace

StrangerForms::Slip StrangerForms::slip_for(const tayori::HttpRequest& request) const {
  Slip slip{request.cookie(site_.stranger_cookie()), {}};
  slip.is_new = slip.cookie.empty();
  if (slip.is_new) slip.cookie = SessionId::random(random_).text();
  slip.token = key_.form_token(slip.cookie);
  return slip;
}

void StrangerForms::hand_out(tayori::HttpResponse& page, const Slip& slip) const {
  if (slip.is_new) respond_.set_cookie(page, site_.stranger_cookie(), slip.cookie, kLife);
}

Done StrangerForms::admit(const tayori::HttpRequest& request) const {
  const std::string cookie = request.cookie(site_.stranger_cookie());
  if (cookie.empty() || key_.is_form_token(request.form_value("form_token"), cookie)) return done();
  return Refusal::form_expired;
}

}  // namespace retrochat
