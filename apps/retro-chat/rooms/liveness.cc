#include "rooms/liveness.h"

namespace retrochat {

void Liveness::connected(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  signs_[who] = {.connected = true, .connected_since = now};
}

void Liveness::disconnected(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  signs_[who] = {false, now + limits_.leave_grace};
}

void Liveness::silent(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  signs_[who] = {false, now + limits_.leave_grace, now};
}

void Liveness::cut_off(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  signs_[who] = {false, now + limits_.restart_grace};
}

void Liveness::requested(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  Signs& signs = signs_[who];
  if (!signs.connected) signs.deadline = now + limits_.quiet;
}

void Liveness::expected(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  Signs& signs = signs_[who];
  if (!signs.connected) signs.deadline = now + limits_.restart_grace;
}

void Liveness::left(const tayori::ClientId& who) {
  const std::lock_guard lock(mutex_);
  const auto found = signs_.find(who);
  if (found != signs_.end() && !found->second.connected) signs_.erase(found);
}

std::vector<Liveness::Due> Liveness::due(TimePoint now) {
  const std::lock_guard lock(mutex_);
  std::vector<Due> gone;
  for (auto at = signs_.begin(); at != signs_.end();) {
    if (at->second.deadline && *at->second.deadline <= now) {
      gone.push_back({at->first, at->second.silent_since});
      at = signs_.erase(at);
    } else {
      ++at;
    }
  }
  return gone;
}

std::vector<tayori::ClientId> Liveness::settled(TimePoint now) {
  const std::lock_guard lock(mutex_);
  std::vector<tayori::ClientId> here;
  for (auto& [who, signs] : signs_) {
    if (!signs.connected_since || now < *signs.connected_since + limits_.leave_grace) continue;
    signs.connected_since.reset();
    here.push_back(who);
  }
  return here;
}

void Liveness::look_again(const tayori::ClientId& who, TimePoint now) {
  const std::lock_guard lock(mutex_);
  const auto found = signs_.find(who);
  if (found != signs_.end() && found->second.connected) found->second.connected_since = now;
}

bool Liveness::spare(const Due& due, TimePoint now) {
  if (!due.silent_since || now >= *due.silent_since + limits_.quiet) return false;
  const std::lock_guard lock(mutex_);
  // Unless something was heard of them since.
  signs_.try_emplace(due.who, Signs{false, *due.silent_since + limits_.quiet, due.silent_since});
  return true;
}

}  // namespace retrochat
