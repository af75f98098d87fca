#include "base/hmac_sha256.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/check.h"

namespace tayori::base {

void HmacSha256::Free::operator()(evp_mac_ctx_st* context) const { EVP_MAC_CTX_free(context); }

HmacSha256::HmacSha256(std::string_view key) {
  EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  CHECK(mac != nullptr, "OpenSSL has HMAC");
  keyed_.reset(EVP_MAC_CTX_new(mac));
  EVP_MAC_free(mac);  // the context holds a share of its own
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  // OpenSSL takes a null key for "the key given before"; no key at all is an address with length 0.
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.empty() ? "" : key.data());
  CHECK(EVP_MAC_init(keyed_.get(), bytes, key.size(), parameters) == 1, "any key is good for HMAC");
}

Sha256 HmacSha256::sign(std::string_view text) const {
  const std::unique_ptr<evp_mac_ctx_st, Free> context(EVP_MAC_CTX_dup(keyed_.get()));
  CHECK(context != nullptr, "the keyed state can be copied");
  Sha256 signature;
  std::size_t size = 0;
  const bool done =
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size()) == 1 &&
      EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                    signature.size()) == 1;
  CHECK(done && size == signature.size(), "HMAC over memory does not fail");
  return signature;
}

}  // namespace tayori::base
