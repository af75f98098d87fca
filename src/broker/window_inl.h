// Window's bodies: a template's have to be seen where it is used.
//
// Threads: as window.h says.
#pragma once

#include <algorithm>
#include <utility>

#include "broker/window.h"

namespace tayori::broker {

template <typename Item>
void Window<Item>::append(Sequence number, const Topic& topic, Item item, std::size_t bytes,
                          Time now) {
  auto [entry, is_new] = topics_.try_emplace(topic);
  History& history = entry->second;
  if (is_new) {
    history.key = &entry->first;
    // It may be one that was forgotten: what it lost then is known only together with the others' losses.
    history.lost_through = forgotten_through_;
  } else if (history.held.empty()) {
    emptied_.erase(history.in_emptied);
  }
  order_.push_back({number, now, bytes, std::move(item), &history, {}});
  order_.back().in_topic = history.held.insert(history.held.end(), std::prev(order_.end()));
  bytes_ += bytes;
  history.bytes += bytes;
  head_ = number;

  while (history.bytes > limits_.bytes_per_topic && history.held.size() > 1) {
    release(history.held.front(), &Evictions::bytes_per_topic);
  }
  // The last that looks at `history`: a topic that is emptied may be forgotten.
  if (history.held.size() > limits_.messages_per_topic) {
    release(history.held.front(), &Evictions::messages_per_topic);
  }
  while (bytes_ > limits_.bytes && order_.size() > 1) release(order_.begin(), &Evictions::bytes);
  expire(now);
}

template <typename Item>
void Window<Item>::expire(Time now) {
  while (!order_.empty() && now - order_.front().since > limits_.age) {
    release(order_.begin(), &Evictions::age);
  }
}

template <typename Item>
void Window<Item>::release(typename Order::iterator held, Why why) {
  ++(evictions_.*why);
  History& history = *held->topic;
  history.lost_through = std::max(history.lost_through, held->number);
  history.held.erase(held->in_topic);
  bytes_ -= held->bytes;
  history.bytes -= held->bytes;
  order_.erase(held);
  if (history.held.empty()) {
    history.in_emptied = emptied_.insert(emptied_.end(), history.key);
    forget_beyond_limit();
  }
}

template <typename Item>
void Window<Item>::forget_beyond_limit() {
  while (emptied_.size() > limits_.remembered_topics) {
    const auto entry = topics_.find(*emptied_.front());
    forgotten_through_ = std::max(forgotten_through_, entry->second.lost_through);
    emptied_.pop_front();
    topics_.erase(entry);
  }
}

template <typename Item>
auto Window<Item>::start(const History& history, Sequence after, Sequence through) const -> Reader {
  // From the newest backwards, since a reader is seldom far behind.
  Position end = history.held.end();
  while (end != history.held.begin() && (*std::prev(end))->number > through) --end;
  Position first = end;
  while (first != history.held.begin() && (*std::prev(first))->number > after) --first;
  return {first, end};
}

template <typename Item>
auto Window<Item>::read(std::span<const Reading> readings, Sequence after, PageBounds bounds) const
    -> Page {
  Page page{.items = {}, .place = after, .lost_through = {}, .gap_before = {}, .at_head = true};
  std::vector<Reader> readers;
  readers.reserve(readings.size());
  for (const Reading& reading : readings) {
    const auto entry = topics_.find(*reading.topic);
    // Never spoken to, or no longer remembered: only the common number can tell.
    const Sequence lost = entry == topics_.end() ? forgotten_through_ : entry->second.lost_through;
    const Sequence from = std::max(after, reading.after);
    // Where in the reading the loss lay is not known, if it was behind its end too.
    if (lost > from)
      page.lost_through = std::max(page.lost_through, std::min(lost, reading.through));
    if (entry != topics_.end()) readers.push_back(start(entry->second, from, reading.through));
  }
  std::size_t bytes = 0;
  const bool has_loss = page.lost_through > after;
  const auto earlier = [](const Reader& a, const Reader& b) {
    if (a.next == a.end || b.next == b.end) return b.next == b.end && a.next != a.end;
    return (*a.next)->number < (*b.next)->number;
  };
  while (!readers.empty()) {
    Reader& reader = *std::min_element(readers.begin(), readers.end(), earlier);
    if (reader.next == reader.end) break;
    if (page.items.size() >= bounds.items || (bytes >= bounds.bytes && bytes > 0)) {
      page.at_head = false;
      return page;
    }
    const Sequence number = (*reader.next)->number;
    // One topic may still hold what is older than another's loss: it is delivered, and the gap stands where
    // the order passes it.
    if (has_loss && !page.gap_before && number > page.lost_through)
      page.gap_before = page.items.size();
    page.items.push_back((*reader.next)->item);
    bytes += (*reader.next)->bytes;
    page.place = number;
    ++reader.next;
  }
  if (has_loss && !page.gap_before) page.gap_before = page.items.size();
  page.place = std::max(page.place, head_);
  return page;
}

}  // namespace tayori::broker
