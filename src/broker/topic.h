// Topic: what a message was sent to: one client, one group, or everyone.
//
// The kind is part of the identity, so a group called "ann" and a client called "ann" never meet. Names are
// never joined with separators: no name can imitate another topic.
//
// Threads: any (plain values).
// Source:  docs/explanation/log.md
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tayori/client_id.h"
#include "tayori/group_name.h"

namespace tayori::broker {

struct Topic {
  enum class Kind : std::uint8_t { client, group, everyone };

  Kind kind = Kind::everyone;
  /// Empty for everyone.
  std::string name;

  static Topic of(const ClientId& id) { return {Kind::client, id.text()}; }
  static Topic of(const GroupName& group) { return {Kind::group, group.text()}; }
  static Topic everyone() { return {}; }

  friend bool operator==(const Topic&, const Topic&) = default;
};

struct TopicHash {
  std::size_t operator()(const Topic& topic) const noexcept {
    // The kind is mixed in by a large odd number, so that equal names of different kinds fall apart.
    return std::hash<std::string>{}(topic.name) ^
           (static_cast<std::size_t>(topic.kind) * 0x9e3779b97f4a7c15ULL);
  }
};

}  // namespace tayori::broker
