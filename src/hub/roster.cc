#include "hub/roster.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace tayori::hub {
namespace {

/// Adds to `page` unless it is full, which `page.next` then tells.
bool add(PresentClients& page, Present present, std::size_t limit) {
  if (page.clients.size() == limit) {
    page.next = page.clients.back().client_id.text();
    return false;
  }
  page.clients.push_back(std::move(present));
  return true;
}

}  // namespace

Roster::Roster(const std::string& epoch, std::size_t edges, const base::Clock& clock)
    : epoch_(epoch),
      limit_(edges),
      first_generation_(static_cast<std::uint64_t>(
          std::chrono::floor<std::chrono::microseconds>(clock.wall().time_since_epoch()).count())) {
}

void Roster::come(Sequence number, const ClientId& client_id, const Control::Come& come) {
  const std::scoped_lock lock(mutex_);
  if (!here_.emplace(client_id.text(), come.at).second) return;
  tell(number, {.kind = PresenceEdge::Kind::connected, .client_id = client_id, .at = come.at});
}

void Roster::go(Sequence number, const ClientId& client_id, const Control::Go& go) {
  const std::scoped_lock lock(mutex_);
  if (here_.erase(client_id.text()) == 0) return;
  tell(number, {.kind = PresenceEdge::Kind::disconnected,
                .client_id = client_id,
                .reason = go.reason,
                .at = go.at});
}

void Roster::tell(Sequence number, PresenceEdge edge) {
  edge.generation = first_generation_ + number.value;
  newest_ = number;
  if (handler_) handler_(edge);
  edges_.push_back({number, std::move(edge)});
  if (edges_.size() <= limit_) return;
  lost_through_ = edges_.front().number;
  edges_.pop_front();
}

bool Roster::is_here(const ClientId& client_id) const {
  const std::scoped_lock lock(mutex_);
  return here_.contains(client_id.text());
}

std::size_t Roster::present() const {
  const std::scoped_lock lock(mutex_);
  return here_.size();
}

Present Roster::present_of(const Here::value_type& entry) {
  auto client_id = ClientId::parse(entry.first);
  CHECK(client_id.has_value(), "it came from a client id");
  return {.client_id = std::move(*client_id), .sessions = 0, .since = entry.second};
}

PresentClients Roster::find(std::span<const ClientId> client_ids) const {
  const std::scoped_lock lock(mutex_);
  PresentClients page{.clients = {}, .next = {}, .cursor = newest()};
  for (const ClientId& client_id : client_ids) {
    const auto entry = here_.find(client_id.text());
    if (entry != here_.end()) page.clients.push_back(present_of(*entry));
  }
  return page;
}

PresentClients Roster::list(std::string_view after, std::size_t limit) const {
  const std::scoped_lock lock(mutex_);
  PresentClients page{.clients = {}, .next = {}, .cursor = newest()};
  for (auto next = here_.upper_bound(after); next != here_.end(); ++next) {
    if (!add(page, present_of(*next), limit)) break;
  }
  return page;
}

PresentClients Roster::list_among(std::span<const TopicRef> clients, std::string_view after,
                                  std::size_t limit) const {
  const std::scoped_lock lock(mutex_);
  PresentClients page{.clients = {}, .next = {}, .cursor = newest()};
  const auto name = [](const TopicRef& client) { return std::string_view(client->name); };
  for (auto next = std::ranges::upper_bound(clients, after, {}, name); next != clients.end();
       ++next) {
    const auto entry = here_.find((*next)->name);
    if (entry != here_.end() && !add(page, present_of(*entry), limit)) break;
  }
  return page;
}

PresenceEvents Roster::events(const Cursor& since, std::size_t limit) const {
  const std::scoped_lock lock(mutex_);
  const bool is_foreign = since.epoch != epoch_;
  const Sequence after = is_foreign ? Sequence{} : since.sequence;
  PresenceEvents page{
      .events = {}, .cursor = {epoch_, std::max(after, newest_)}, .more = false, .gap = {}};
  // Of another log nothing is known: what was missed there lies before all that this one holds.
  if (is_foreign || after < lost_through_) page.gap = Gap{since, {epoch_, lost_through_}};
  auto next = std::ranges::upper_bound(edges_, after, {}, &Remembered::number);
  for (; next != edges_.end() && page.events.size() < limit; ++next)
    page.events.push_back(next->edge);
  page.more = next != edges_.end();
  if (page.more) page.cursor.sequence = std::prev(next)->number;
  return page;
}

}  // namespace tayori::hub
