#include "web/begin_session.h"

namespace retrochat {

tayori::HttpResponse begin_session(Sessions& sessions, const Respond& respond,
                                   const Visitor& visitor, const Account& account,
                                   const LocalPath& to) {
  if (visitor.signed_in) {
    // Whoever was signed in with this browser is so no longer; a failure leaves only an unused row behind.
    (void)sessions.end(visitor.signed_in->session);
  }
  const auto session = sessions.begin(account);
  if (!session) return respond.refuse(visitor, {session.refusal()});
  auto response = respond.go(to.text());
  respond.set_session(response, *session);
  return response;
}

}  // namespace retrochat
