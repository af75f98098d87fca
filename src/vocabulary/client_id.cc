#include "tayori/client_id.h"

#include "base/utf8.h"
#include "tayori/limits.h"

namespace tayori {

Result<ClientId> ClientId::parse(std::string_view text) {
  if (text.empty()) return Error::of(ErrorCode::invalid_client_id, "The client id is empty.");
  if (text.size() > limits::kClientIdBytes) {
    return Error::of(ErrorCode::invalid_client_id, "The client id is longer than 256 bytes.");
  }
  if (!base::is_utf8(text))
    return Error::of(ErrorCode::invalid_client_id, "The client id is not UTF-8.");
  if (base::has_control_characters(text)) {
    return Error::of(ErrorCode::invalid_client_id, "The client id holds a control character.");
  }
  return ClientId(text);
}

}  // namespace tayori
