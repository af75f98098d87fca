#include "pages/did_word.h"

#include "pages/words.h"

namespace retrochat {

std::string_view did_word(EventKind kind, Language language) {
  switch (kind) {
    case EventKind::enter: return word("W_DID_ENTER", language);
    case EventKind::leave: return word("W_DID_LEAVE", language);
    case EventKind::lost: return word("W_DID_LOST", language);
    case EventKind::removed: return word("W_DID_REMOVED", language);
    case EventKind::away: return word("W_DID_AWAY", language);
    case EventKind::back: return word("W_DID_BACK", language);
    case EventKind::speak: break;
  }
  return {};
}

}  // namespace retrochat
