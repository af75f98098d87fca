#include "rooms/onces.h"

#include "text/limits.h"

namespace retrochat {

Done Onces::take(const Account& who, const std::optional<Once>& word, std::string_view content,
                 TimePoint now, const std::function<Done()>& act) {
  if (!word) return act();
  const std::string key = std::to_string(who.id.value) + "/" + word->text() + "/" +
                          std::to_string(std::hash<std::string_view>{}(content));
  if (!begin(key, now)) return done();
  try {
    const Done answer = act();
    end(key, answer.has_value());
    return answer;
  } catch (...) {
    // Whoever waits for it must not do so for ever.
    end(key, false);
    throw;
  }
}

bool Onces::begin(const std::string& key, TimePoint now) {
  std::unique_lock lock(mutex_);
  forget_old(now);
  for (;;) {
    const auto found = states_.find(key);
    if (found == states_.end()) break;
    if (found->second == State::taken) return false;
    ended_.wait(lock);
  }
  states_.emplace(key, State::under_way);
  by_age_.push_back({key, now});
  return true;
}

void Onces::end(const std::string& key, bool taken) {
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(key);
  if (found != states_.end()) {
    if (taken) {
      found->second = State::taken;
    } else {
      states_.erase(found);
      std::erase_if(by_age_, [&](const Entry& entry) { return entry.key == key; });
    }
  }
  ended_.notify_all();
}

void Onces::forget_old(TimePoint now) {
  while (!by_age_.empty() && (by_age_.size() >= limits::kOncesKept ||
                              now - by_age_.front().at >= limits::kOnceWindow)) {
    states_.erase(by_age_.front().key);
    by_age_.pop_front();
  }
}

}  // namespace retrochat
