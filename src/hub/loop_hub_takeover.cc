// How a page that comes back, or says goodbye, reaches what carried its session before, on whichever loop that is.
#include <utility>

#include "base/base36.h"
#include "hub/loop_hub.h"

namespace tayori::hub {

Page* LoopHub::find(std::uint64_t session_id, const broker::Topic& client) {
  const auto entry = pages_.find(session_id);
  return entry != pages_.end() && entry->second->is_of(client) ? entry->second.get() : nullptr;
}

template <typename Act>
void LoopHub::each_of(const broker::Topic& client, std::size_t token_id, Act act) {
  Subscribers::List* list = subscribers_.find(client);
  if (list == nullptr) return;
  // First all, then each: the list goes with its last page.
  std::vector<Page*> found;
  for (const Subscription& subscription : *list) {
    if (subscription.page->is_of(client, token_id)) found.push_back(subscription.page);
  }
  for (Page* page : found) act(*page);
}

template <typename Act>
void LoopHub::on_every_loop(Act act) {
  act(*this);
  for (const auto& there : node_.loops) {
    if (there.get() != this) there->loop_.post([act, home = there.get()] { act(*home); });
  }
}

void LoopHub::take_over(Page& page, const Arrival& arrival) {
  const auto client = broker::Topic::of(arrival.claims.client_id);
  if (!arrival.session) {
    // A poll that goes on without a word is known by its token.
    if (page.format() != session::WireFormat::json || !arrival.cursor) return;
    return fence(
        [client, token = Page::token_id(arrival.claims)](LoopHub& home, auto act) {
          home.each_of(client, token, [&](Page& old) {
            if (old.format() == session::WireFormat::json) act(old);
          });
        },
        page.number());
  }
  const auto id = base::parse_base36(*arrival.session);
  if (!id) return;
  fence(
      [client, id = *id](LoopHub& home, auto act) {
        if (Page* old = home.find(id, client)) act(*old);
      },
      page.number());
  rename(page, *id);
}

template <typename Select>
void LoopHub::fence(Select select, std::uint64_t number) {
  // On every loop, since any of them may carry it, and the page may not have heard the last of them answer. What has
  // come after this page's own opening is left alone.
  on_every_loop([select, number](LoopHub& home) {
    select(home, [number](Page& old) {
      if (old.number() < number) old.end(ErrorCode::moved);
    });
  });
}

void LoopHub::rename(Page& page, std::uint64_t id) {
  // Still there: somebody else's.
  if (pages_.contains(id)) return;
  const auto entry = pages_.find(page.id());
  auto owned = std::move(entry->second);
  pages_.erase(entry);
  page.continue_as(id);
  pages_.emplace(id, std::move(owned));
}

void LoopHub::close(const Arrival& arrival) {
  const auto client = broker::Topic::of(arrival.claims.client_id);
  const auto id = base::parse_base36(arrival.session.value_or(""));
  if (arrival.session && !id) return;
  on_every_loop([client, id, token = Page::token_id(arrival.claims)](LoopHub& home) {
    if (!id) home.each_of(client, token, [](Page& page) { page.close(); });
    if (Page* page = id ? home.find(*id, client) : nullptr) page->close();
    // Between two polls there is no page to close.
    home.node_.presence.left(client);
  });
}

}  // namespace tayori::hub
