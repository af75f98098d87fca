// Answer: what a person asked for, or the Refusal that takes its place.
//
// tayori::Result speaks of the push server's errors; this one speaks to the people in the chat. Every expected
// failure of Retro Chat is an Answer.
//
// Threads: any (a plain value).
#pragma once

#include <utility>
#include <variant>

#include "text/refusal.h"

namespace retrochat {

template <typename T>
class [[nodiscard]] Answer {
 public:
  Answer(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(*-explicit-*)
  Answer(Refusal refusal) : state_(std::in_place_index<1>, refusal) {}   // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// REQUIRES: has_value().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// REQUIRES: !has_value().
  [[nodiscard]] Refusal refusal() const { return std::get<1>(state_); }

 private:
  std::variant<T, Refusal> state_;
};

/// The answer to a wish that gives nothing back.
using Done = Answer<std::monostate>;
inline Done done() { return std::monostate{}; }

}  // namespace retrochat
