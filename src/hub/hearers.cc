#include "hub/hearers.h"

#include <algorithm>
#include <span>

#include "base/check.h"

namespace tayori::hub {
namespace {

/// Where the groups of a token begin among its topics.
constexpr std::size_t kGroupsAt = 2;

std::span<const TopicRef> groups_in(const TopicRefs& topics) {
  return std::span(topics).subspan(std::min(kGroupsAt, topics.size()));
}

bool is_among(std::span<const TopicRef> topics, const broker::Topic& topic) {
  return std::ranges::any_of(topics, [&](const TopicRef& one) { return *one == topic; });
}

/// Calls `act(group)` for each group that `client` is in now, beside those of its token.
template <typename Act>
void each_group_beside(const TopicRefs& topics, const Members& members, Act act) {
  const auto* stays = members.stays(*topics.front());
  if (stays == nullptr) return;
  for (const Members::Stay& stay : *stays) {
    if (!stay.is_over() && !is_among(groups_in(topics), *stay.group)) act(stay.group);
  }
}

}  // namespace

TopicRefs Hearers::enter(LoopIndex loop, const TopicRefs& topics) {
  for (const TopicRef& topic : topics) interest_.join(topic, loop);
  for (const TopicRef& group : groups_in(topics)) count_token(group, topics.front(), loop, 1);
  TopicRefs joined;
  each_group_beside(topics, members_, [&](const TopicRef& group) {
    interest_.join(group, loop);
    joined.push_back(group);
  });
  return joined;
}

void Hearers::leave(LoopIndex loop, const TopicRefs& topics) {
  for (const TopicRef& topic : topics) interest_.leave(*topic, loop);
  for (const TopicRef& group : groups_in(topics)) count_token(group, topics.front(), loop, -1);
  each_group_beside(topics, members_,
                    [&](const TopicRef& group) { interest_.leave(*group, loop); });
}

Result<bool> Hearers::join_group(const broker::Topic& client, const broker::Topic& group,
                                 Sequence number) {
  const auto joined = members_.join(client, group, number);
  if (!joined || !*joined) return joined;
  const TopicRef& named = members_.stays(client)->back().group;
  each_joined(client, named, [&](LoopIndex loop, std::uint32_t sessions) {
    interest_.join(named, loop, sessions);
  });
  return joined;
}

bool Hearers::leave_group(const broker::Topic& client, const broker::Topic& group,
                          Sequence number) {
  if (!members_.leave(client, group, number)) return false;
  each_joined(
      client, std::make_shared<const broker::Topic>(group),
      [&](LoopIndex loop, std::uint32_t sessions) { interest_.leave(group, loop, sessions); });
  return true;
}

template <typename Act>
void Hearers::each_joined(const broker::Topic& client, const TopicRef& group, Act act) const {
  // First all, then each: what `act` does to interest moves what is walked.
  Shares shares;
  interest_.each(client, [&](const TopicRef& own, const Interest::Share& share) {
    const std::uint32_t sessions = share.sessions - by_token(group, own, share.loop);
    if (sessions > 0) shares.push_back({share.loop, sessions});
  });
  for (const Interest::Share& share : shares) act(share.loop, share.sessions);
}

Hearers::Readings Hearers::readings(const TopicRefs& topics) const {
  Readings readings;
  for (const TopicRef& topic : topics) readings.push_back({.topic = topic.get()});
  if (const auto* stays = members_.stays(*topics.front())) {
    for (const Members::Stay& stay : *stays) {
      if (is_among(groups_in(topics), *stay.group)) continue;
      readings.push_back({.topic = stay.group.get(), .after = stay.after, .through = stay.through});
    }
  }
  return readings;
}

std::vector<TopicRef> Hearers::clients_of(const broker::Topic& group) const {
  std::vector<TopicRef> clients = members_.of(group);
  const auto named = std::make_shared<const broker::Topic>(group);
  const auto first = std::make_shared<const broker::Topic>();
  const std::size_t joined = clients.size();
  for (auto next = by_token_.lower_bound({named, first});
       next != by_token_.end() && *next->first.first == group; ++next) {
    clients.push_back(next->first.second);
  }
  const auto by_name = [](const TopicRef& a, const TopicRef& b) { return a->name < b->name; };
  const auto middle = clients.begin() + static_cast<std::ptrdiff_t>(joined);
  std::inplace_merge(clients.begin(), middle, clients.end(), by_name);
  const auto is_same = [](const TopicRef& a, const TopicRef& b) { return a->name == b->name; };
  clients.erase(std::unique(clients.begin(), clients.end(), is_same), clients.end());
  return clients;
}

std::uint32_t Hearers::by_token(const TopicRef& group, const TopicRef& client,
                                LoopIndex loop) const {
  if (by_token_.empty()) return 0;
  const auto entry = by_token_.find({group, client});
  if (entry == by_token_.end()) return 0;
  for (const Interest::Share& share : entry->second) {
    if (share.loop == loop) return share.sessions;
  }
  return 0;
}

void Hearers::count_token(const TopicRef& group, const TopicRef& client, LoopIndex loop,
                          int change) {
  Shares& shares = by_token_[{group, client}];
  auto share =
      std::ranges::find_if(shares, [&](const Interest::Share& one) { return one.loop == loop; });
  if (share == shares.end()) share = shares.insert(share, {loop, 0});
  CHECK(change > 0 || share->sessions > 0, "only who has entered leaves");
  share->sessions = static_cast<std::uint32_t>(static_cast<int>(share->sessions) + change);
  if (share->sessions == 0) shares.erase(share);
  if (shares.empty()) by_token_.erase({group, client});
}

}  // namespace tayori::hub
