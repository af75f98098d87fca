#include "hub/topics_of.h"

#include <algorithm>

namespace tayori::hub {
namespace {

const TopicRef& everyone() {
  static const TopicRef topic = std::make_shared<const broker::Topic>(broker::Topic::everyone());
  return topic;
}

}  // namespace

TopicRefs topics_of(const access::TokenClaims& claims) {
  TopicRefs topics;
  topics.reserve(2 + claims.groups.size());
  topics.push_back(std::make_shared<const broker::Topic>(broker::Topic::of(claims.client_id)));
  topics.push_back(everyone());
  for (const GroupName& group : claims.groups) {
    const broker::Topic topic = broker::Topic::of(group);
    const auto is_same = [&](const TopicRef& known) { return *known == topic; };
    if (std::none_of(topics.begin(), topics.end(), is_same)) {
      topics.push_back(std::make_shared<const broker::Topic>(topic));
    }
  }
  return topics;
}

}  // namespace tayori::hub
