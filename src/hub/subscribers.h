// Subscribers: which pages of one loop hear a topic.
//
// Pages stand in the order in which they came, which is the order of their memory too: walking it that way
// was measured 7 % cheaper than a random order.
//
// Threads: its loop only.
// Source:  docs/explanation/life-of-a-push.md
#pragma once

#include <boost/intrusive/list.hpp>
#include <unordered_map>

#include "hub/topic_ref.h"
#include "net/loop.h"

namespace tayori::hub {

class Page;

/// One page's place in one topic's list.
struct Subscription : boost::intrusive::list_base_hook<net::Unlinking> {
  Page* page = nullptr;
};

class Subscribers {
 public:
  using List = boost::intrusive::list<Subscription, boost::intrusive::constant_time_size<false>>;

  void add(const TopicRef& topic, Subscription& subscription) {
    lists_[topic].push_back(subscription);
  }

  void remove(const broker::Topic& topic, Subscription& subscription) {
    subscription.unlink();
    const auto entry = lists_.find(topic);
    if (entry != lists_.end() && entry->second.empty()) lists_.erase(entry);
  }

  /// Null when nobody here hears `topic`.
  [[nodiscard]] List* find(const broker::Topic& topic) {
    const auto entry = lists_.find(topic);
    return entry == lists_.end() ? nullptr : &entry->second;
  }

 private:
  std::unordered_map<TopicRef, List, TopicRefHash, TopicRefEqual> lists_;
};

}  // namespace tayori::hub
