// How news of a client id reaches its pages, on whichever loop they are: of one that comes back or says goodbye, and of its backend.
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
  each_of(client, [&](Page& page) {
    if (page.is_of(client, token_id)) act(page);
  });
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
void LoopHub::fence(Select select, std::uint64_t number, ErrorCode code) {
  // On every loop, since any of them may carry it, and the page may not have heard the last of them answer. What has
  // come after this page's own opening is left alone.
  on_every_loop([select, number, code](LoopHub& home) {
    select(home, [number, code](Page& old) {
      if (old.number() < number) old.end(code);
    });
  });
}

void LoopHub::replace_others(const Page& page, const broker::Topic& client) {
  fence([client](LoopHub& home, auto act) { home.each_of(client, act); }, page.number(),
        ErrorCode::replaced);
}

void LoopHub::end_all_of(const broker::Topic& client, const Control::End& end) {
  each_of(client, [&](Page& page) { page.end({ErrorCode::disconnected, end.why}); });
  if (index_ != 0) return;
  // Pages of the old protocol, and those between two connections, belong to no loop.
  node_.dev_polls.end(client, loop_.clock().steady());
  node_.presence.left(client, std::nullopt, PresenceEdge::Reason::disconnected);
}

void LoopHub::ask_all_of(const broker::Topic& client) {
  each_of(client, [](Page& page) { page.ask(); });
}

void LoopHub::confirm(const Arrival& arrival) {
  const auto& cursor = arrival.cursor;
  if (!cursor || cursor->epoch != node_.epoch || cursor->sequence > node_.tail.head()) return;
  node_.confirmations.confirm(arrival.claims.client_id.text(), cursor->sequence);
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
    home.node_.presence.left(client, id, PresenceEdge::Reason::closed);
  });
}

}  // namespace tayori::hub
