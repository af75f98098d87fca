// ClientId: the address of a channel, chosen by the backend.
//
// 1 to 256 bytes of UTF-8 without control characters. Opaque: nothing in Tayori takes one apart. A ClientId
// is valid because it exists.
//
// Threads: any (a plain value).
// Source:  channel-api.md 1 (MAXIMUM_CLIENT_ID_LENGTH), 6 no. 20
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "tayori/result.h"

namespace tayori {

class ClientId {
 public:
  /// `text` as a client id, or invalid_client_id saying which rule it breaks.
  static Result<ClientId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  friend auto operator<=>(const ClientId&, const ClientId&) = default;

 private:
  explicit ClientId(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace tayori

template <>
struct std::hash<tayori::ClientId> {
  std::size_t operator()(const tayori::ClientId& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
