#include "hub/members.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "tayori/limits.h"

namespace tayori::hub {
namespace {

GroupSize group_size(const broker::Topic& group, std::size_t members) {
  auto name = GroupName::parse(group.name);
  CHECK(name.has_value(), "a group's topic is named by a group name");
  return {std::move(*name), members};
}

/// Adds to `page` unless it is full, which `page.next` then tells.
bool add(Groups& page, const broker::Topic& group, std::size_t members, std::size_t limit) {
  if (page.groups.size() == limit) {
    page.next = page.groups.back().group.text();
    return false;
  }
  page.groups.push_back(group_size(group, members));
  return true;
}

}  // namespace

Result<bool> Members::join(const broker::Topic& client, const broker::Topic& group,
                           Sequence number) {
  const auto known = by_client_.find(client);
  if (known != by_client_.end()) {
    std::size_t groups = 0;
    for (const Stay& stay : known->second) {
      if (stay.is_over()) continue;
      if (*stay.group == group) return false;
      ++groups;
    }
    if (groups == limits::kGroupsPerClient)
      return Error::of(ErrorCode::invalid_group, "The client id is in 64 groups already.");
  }
  if (memberships_ == limit_)
    return Error::of(ErrorCode::overloaded, "groups.memberships client ids are in groups already.");
  auto named = groups_.find(std::string_view(group.name));
  if (named == groups_.end())
    named = groups_.emplace(std::make_shared<const broker::Topic>(group), Names{}).first;
  const TopicRef who =
      known == by_client_.end() ? std::make_shared<const broker::Topic>(client) : known->first;
  named->second.insert(who);
  by_client_[who].push_back({.group = named->first, .after = number});
  ++memberships_;
  return true;
}

bool Members::leave(const broker::Topic& client, const broker::Topic& group, Sequence number) {
  const auto known = by_client_.find(client);
  if (known == by_client_.end()) return false;
  const auto stay = std::ranges::find_if(
      known->second, [&](const Stay& one) { return !one.is_over() && *one.group == group; });
  if (stay == known->second.end()) return false;
  stay->through = number;
  over_.push_back({number, known->first});
  const auto named = groups_.find(std::string_view(group.name));
  named->second.erase(known->first);
  if (named->second.empty()) groups_.erase(named);
  --memberships_;
  if (known->second.size() > limits::kGroupsPerClient + kStaysOver) forget_oldest_of(known->first);
  while (over_.size() > limit_) {
    lost_through_ = std::max(lost_through_, over_.front().through);
    forget(over_.front().through);
  }
  return true;
}

void Members::forget_oldest_of(const TopicRef& client) {
  const auto& stays = by_client_.find(client)->second;
  const auto oldest = std::ranges::min_element(stays, {}, &Stay::through)->through;
  lost_through_ = std::max(lost_through_, oldest);
  drop(client, oldest);
}

void Members::forget(Sequence number) {
  for (; !over_.empty() && over_.front().through <= number; over_.pop_front())
    drop(over_.front().client, over_.front().through);
}

void Members::drop(const TopicRef& client, Sequence through) {
  const auto known = by_client_.find(client);
  if (known == by_client_.end()) return;
  std::erase_if(known->second, [&](const Stay& stay) { return stay.through <= through; });
  if (known->second.empty()) by_client_.erase(known);
}

std::size_t Members::size(const broker::Topic& group) const {
  const auto named = groups_.find(std::string_view(group.name));
  return named == groups_.end() ? 0 : named->second.size();
}

std::vector<TopicRef> Members::of(const broker::Topic& group) const {
  const auto named = groups_.find(std::string_view(group.name));
  if (named == groups_.end()) return {};
  return {named->second.begin(), named->second.end()};
}

Groups Members::list(std::string_view after, std::size_t limit) const {
  Groups page;
  // No group has an empty name, so that "" is before all of them.
  for (auto next = groups_.upper_bound(after); next != groups_.end(); ++next) {
    if (!add(page, *next->first, next->second.size(), limit)) break;
  }
  return page;
}

Groups Members::list_of(const broker::Topic& client, std::string_view after,
                        std::size_t limit) const {
  Groups page;
  std::vector<TopicRef> groups;
  if (const auto* all = stays(client)) {
    for (const Stay& stay : *all) {
      if (!stay.is_over() && stay.group->name > after) groups.push_back(stay.group);
    }
  }
  std::ranges::sort(groups, ByName{});
  for (const TopicRef& group : groups) {
    if (!add(page, *group, size(*group), limit)) break;
  }
  return page;
}

}  // namespace tayori::hub
