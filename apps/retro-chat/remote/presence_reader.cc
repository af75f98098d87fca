#include "remote/presence_reader.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "rooms/address.h"

namespace retrochat {

using tayori::ClientId;
using tayori::ErrorCode;
using tayori::PresenceEdge;

void PresenceReader::read() {
  if (!cursor_) return list(Reason::lost);
  while (read_edges()) {
  }
}

bool PresenceReader::read_edges() {
  const auto told = calls_.events(*cursor_);
  if (!told) {
    if (told.error().code == ErrorCode::invalid_cursor) list(Reason::shutdown);
    return false;
  }
  if (told->gap || told->cursor.epoch != cursor_->epoch) {
    list(told->cursor.epoch == cursor_->epoch ? Reason::lost : Reason::shutdown);
    return false;
  }
  for (const PresenceEdge& edge : told->events) tell(edge);
  cursor_ = told->cursor;
  return told->more;
}

void PresenceReader::tell(const PresenceEdge& edge) {
  if (!whereabout_of(edge.client_id)) return;
  if (edge.kind == PresenceEdge::Kind::connected) {
    here_.insert(edge.client_id);
  } else {
    here_.erase(edge.client_id);
  }
  news_.edge(edge);
}

void PresenceReader::list(Reason of_the_missing) {
  std::set<ClientId> here;
  std::optional<std::string> after;
  // Of the first page: who comes or goes while the others are read is told by the edges after it.
  std::optional<tayori::Cursor> from;
  do {
    const auto page = calls_.present(after);
    if (!page) return;
    if (!from) from = page->cursor;
    for (const tayori::Present& each : page->clients) {
      if (whereabout_of(each.client_id)) here.insert(each.client_id);
    }
    after = page->next;
  } while (after);
  compare(here, of_the_missing);
  cursor_ = std::move(from);
  if (of_the_missing != Reason::shutdown) return;
  // Who came and went before the listing stands in the new log.
  cursor_->sequence = {};
  news_.new_log();
}

void PresenceReader::compare(const std::set<ClientId>& here, Reason of_the_missing) {
  std::vector<ClientId> gone;
  std::ranges::set_difference(here_, here, std::back_inserter(gone));
  for (const ClientId& each : gone)
    tell({.kind = PresenceEdge::Kind::disconnected, .client_id = each, .reason = of_the_missing});
  std::vector<ClientId> come;
  std::ranges::set_difference(here, here_, std::back_inserter(come));
  for (const ClientId& each : come)
    tell({.kind = PresenceEdge::Kind::connected, .client_id = each});
}

}  // namespace retrochat
