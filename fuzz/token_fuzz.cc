// Tokens: any text is refused without harm; any signed header and payload is refused or read, and
// what is read can be signed and read again.
#include "access/token.h"
#include "base/base64.h"
#include "base/check.h"
#include "input.h"

namespace {

namespace access = tayori::access;
namespace base = tayori::base;
namespace fuzz = tayori::fuzz;

const std::string kKey(32, 'k');
const std::chrono::system_clock::time_point kNow{std::chrono::seconds{1'800'000'000}};

std::string minted(std::string_view header, std::string_view payload) {
  static const base::HmacSha256 kHmac(kKey);
  const std::string text = base::base64url_encode(header) + "." + base::base64url_encode(payload);
  return text + "." + base::base64url_encode(kHmac.sign(text));
}

void check_round_trip(const access::Tokens& tokens, const access::TokenClaims& claims) {
  const auto again = tokens.verify(tokens.sign(claims), kNow);
  CHECK(again.has_value(), "what was good is good again");
  CHECK(again->client_id == claims.client_id && again->issued_at == claims.issued_at &&
            again->expires_at == claims.expires_at && again->id == claims.id &&
            again->bookmark == claims.bookmark && again->groups == claims.groups,
        "claims survive signing");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const access::Tokens kTokens(*access::TokenKeys::of(kKey, std::string(40, 'p')));
  std::string_view rest = fuzz::as_text(data, size);
  CHECK(!kTokens.verify(rest, kNow), "nobody guesses a signature");
  const std::string_view header = fuzz::take_line(rest);
  const auto claims = kTokens.verify(minted(header, rest), kNow);
  // Escapes may make a claim longer in the token that is signed anew.
  if (claims && size < 2'000) check_round_trip(kTokens, *claims);
  return 0;
}
