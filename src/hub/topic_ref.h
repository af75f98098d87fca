// TopicRef: a topic shared by all who know it, with hashing by its value.
//
// One string a topic, however many indexes it stands in: an idle session's memory is mostly names.
//
// Threads: any (immutable).
#pragma once

#include <memory>
#include <vector>

#include "broker/topic.h"

namespace tayori::hub {

using TopicRef = std::shared_ptr<const broker::Topic>;
using TopicRefs = std::vector<TopicRef>;

struct TopicRefHash {
  using is_transparent = void;
  std::size_t operator()(const TopicRef& topic) const noexcept {
    return broker::TopicHash{}(*topic);
  }
  std::size_t operator()(const broker::Topic& topic) const noexcept {
    return broker::TopicHash{}(topic);
  }
};

struct TopicRefEqual {
  using is_transparent = void;
  bool operator()(const TopicRef& a, const TopicRef& b) const noexcept { return *a == *b; }
  bool operator()(const TopicRef& a, const broker::Topic& b) const noexcept { return *a == b; }
  bool operator()(const broker::Topic& a, const TopicRef& b) const noexcept { return a == *b; }
};

}  // namespace tayori::hub
