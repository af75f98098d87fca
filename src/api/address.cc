#include "api/address.h"

namespace tayori::api {
namespace {

/// A compact JWT begins with an encoded '{"': only such a text is worth a signature check.
bool may_be_token(std::string_view text) { return text.starts_with("eyJ"); }

}  // namespace

Result<ClientId> addressee(std::string_view text, const hub::Hub& hub) {
  if (may_be_token(text)) {
    auto claims = hub.read_token(text);
    if (claims) return std::move(claims->client_id);
  }
  return ClientId::parse(text);
}

}  // namespace tayori::api
