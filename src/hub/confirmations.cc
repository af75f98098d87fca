#include "hub/confirmations.h"

#include <utility>

namespace tayori::hub {

void Confirmations::await(const ClientId& client_id, Sequence number, Time deadline, Done done) {
  Waiting one{client_id, number, deadline, std::move(done)};
  {
    const std::scoped_lock lock(mutex_);
    if (!has_ended_) {
      waiting_.emplace(client_id.text(), std::move(one));
      count_ = waiting_.size();
      return;
    }
  }
  answer({std::move(one)});
}

void Confirmations::confirm(const std::string& client, Sequence through) {
  if (count_ == 0) return;
  std::vector<Waiting> come;
  {
    const std::scoped_lock lock(mutex_);
    auto [next, end] = waiting_.equal_range(client);
    while (next != end) {
      const auto one = next++;
      if (one->second.number > through) continue;
      come.push_back(std::move(one->second));
      waiting_.erase(one);
    }
    count_ = waiting_.size();
  }
  for (const Waiting& one : come) one.done(Verdict::delivered);
}

bool Confirmations::awaits(const std::string& client) const {
  if (count_ == 0) return false;
  const std::scoped_lock lock(mutex_);
  return waiting_.contains(client);
}

void Confirmations::expire(Time now) {
  if (count_ == 0) return;
  answer(take_if([now](const Waiting& one) { return one.deadline <= now; }));
}

void Confirmations::end() {
  {
    const std::scoped_lock lock(mutex_);
    has_ended_ = true;
  }
  answer(take_if([](const Waiting&) { return true; }));
}

template <typename IsOver>
std::vector<Confirmations::Waiting> Confirmations::take_if(IsOver is_over) {
  const std::scoped_lock lock(mutex_);
  std::vector<Waiting> over;
  for (auto next = waiting_.begin(); next != waiting_.end();) {
    const auto one = next++;
    if (!is_over(one->second)) continue;
    over.push_back(std::move(one->second));
    waiting_.erase(one);
  }
  count_ = waiting_.size();
  return over;
}

void Confirmations::answer(std::vector<Waiting> over) const {
  for (const Waiting& one : over)
    one.done(is_here_(one.client_id) ? Verdict::queued : Verdict::no_session);
}

}  // namespace tayori::hub
