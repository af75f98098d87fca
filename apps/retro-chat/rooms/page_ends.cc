#include "rooms/page_ends.h"

#include <string>
#include <utility>

#include "text/limits.h"

namespace retrochat {

PageEnds::PageEnds(Disconnect disconnect, Complain complain)
    : disconnect_(std::move(disconnect)), complain_(std::move(complain)) {}

void PageEnds::end(const tayori::ClientId& who) { ask(who, tayori::Tokens::revoke); }

void PageEnds::ask(const tayori::ClientId& who, tayori::Tokens tokens) {
  disconnect_(who, tokens, [this, who, tokens](const tayori::Outcome& ended) {
    if (!ended) note({who, tokens, ended.error()});
  });
}

void PageEnds::note(Refused refused) {
  const std::lock_guard lock(mutex_);
  if (refused_.size() < limits::kDisconnectsWaiting) refused_.push_back(std::move(refused));
}

void PageEnds::retry() {
  const auto refused = [this] {
    const std::lock_guard lock(mutex_);
    return std::exchange(refused_, {});
  }();
  for (const Refused& each : refused) {
    const bool is_for_its_tokens =
        each.tokens == tayori::Tokens::revoke && each.error.code == tayori::ErrorCode::overloaded;
    complain_((is_for_its_tokens ? "no more tokens can be made void; pages are ended without that: "
                                 : "pages could not be ended: ") +
              each.error.detail);
    if (is_for_its_tokens) ask(each.who, tayori::Tokens::keep);
  }
}

}  // namespace retrochat
