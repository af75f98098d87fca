#include "hub/page_messages.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace tayori::hub {
namespace {

void tell(const std::vector<PageMessages::Done>& all, const Outcome& outcome) {
  for (const PageMessages::Done& done : all) done(outcome);
}

Outcome unavailable(std::string detail) {
  return Error::of(ErrorCode::backend_unavailable, std::move(detail));
}

}  // namespace

Result<PageMessages::Ticket> PageMessages::add(Message message, Done done, Time now) {
  const std::scoped_lock lock(mutex_);
  if (is_over_) return ErrorCode::shutting_down;
  if (counts_.open >= limits_.messages) return ErrorCode::overloaded;
  const auto entry = queues_.try_emplace(message.client_id.text()).first;
  Ticket ticket{.client_id = entry->first, .number = ++added_};
  line_.push_back({.message = std::move(message),
                   .number = ticket.number,
                   .done = std::move(done),
                   .until = now + limits_.patience});
  entry->second.waiting.push_back(std::prev(line_.end()));
  ++counts_.open;
  update_ready(entry);
  return ticket;
}

void PageMessages::withdraw(const Ticket& ticket) {
  std::optional<Waiting> gone;  // its captures go outside of the lock
  const std::scoped_lock lock(mutex_);
  const auto entry = queues_.find(ticket.client_id);
  if (entry == queues_.end()) return;
  auto& waiting = entry->second.waiting;
  const auto place = std::ranges::find_if(
      waiting, [&](const Line::iterator& each) { return each->number == ticket.number; });
  if (place == waiting.end()) return;
  gone = take_out(entry, place);
  ++counts_.withdrawn;
}

std::optional<PageMessages::Message> PageMessages::start(Time now) {
  std::vector<Done> late;
  std::optional<Message> next;
  {
    const std::scoped_lock lock(mutex_);
    late = take_late(now);
    if (!ready_.empty() && under_way_ < limits_.parallel) {
      const auto entry = queues_.find(*ready_.front());
      Queue& queue = entry->second;
      // Before the message goes, which would take the queue along if it is the last.
      queue.is_under_way = true;
      Waiting waiting = take_out(entry, queue.waiting.begin());
      queue.done = std::move(waiting.done);
      next = std::move(waiting.message);
      ++under_way_;
      ++counts_.open;
    }
  }
  tell(late, unavailable("The backend is too slow with the messages before this one."));
  return next;
}

void PageMessages::finish(const ClientId& client_id, const Outcome& outcome) {
  Done done;
  {
    const std::scoped_lock lock(mutex_);
    const auto entry = queues_.find(client_id.text());
    CHECK(entry != queues_.end() && entry->second.is_under_way, "only what was started finishes");
    Queue& queue = entry->second;
    // None when the end has told it.
    done = std::exchange(queue.done, nullptr);
    if (done) ++(outcome ? counts_.taken : counts_.failed);
    queue.is_under_way = false;
    --under_way_;
    --counts_.open;
    update_ready(entry);
  }
  if (done) done(outcome);
}

std::optional<PageMessages::Time> PageMessages::due() const {
  const std::scoped_lock lock(mutex_);
  if (line_.empty()) return std::nullopt;
  // What is ready at this moment came in after the last start().
  if (!ready_.empty() && under_way_ < limits_.parallel) return Time{};
  return line_.front().until;
}

void PageMessages::drain() {
  std::vector<Done> waiting;
  {
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
    waiting = take_waiting();
  }
  tell(waiting, ErrorCode::shutting_down);
}

void PageMessages::end() {
  drain();
  std::vector<Done> under_way;
  {
    const std::scoped_lock lock(mutex_);
    for (auto& [client_id, queue] : queues_) {
      if (queue.done) under_way.push_back(std::exchange(queue.done, nullptr));
    }
    counts_.failed += under_way.size();
  }
  tell(under_way, unavailable("The server stops before the backend has answered."));
}

PageMessages::Counts PageMessages::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

PageMessages::Waiting PageMessages::take_out(Queues::iterator entry,
                                             std::deque<Line::iterator>::iterator place) {
  const Line::iterator at = *place;
  Waiting taken = std::move(*at);
  entry->second.waiting.erase(place);
  line_.erase(at);
  --counts_.open;
  update_ready(entry);
  return taken;
}

void PageMessages::update_ready(Queues::iterator entry) {
  Queue& queue = entry->second;
  const bool is_ready = !queue.waiting.empty() && !queue.is_under_way;
  if (is_ready && !queue.ready) {
    queue.ready = ready_.insert(ready_.end(), &entry->first);
  } else if (!is_ready && queue.ready) {
    ready_.erase(*queue.ready);
    queue.ready.reset();
  }
  if (queue.waiting.empty() && !queue.is_under_way) queues_.erase(entry);
}

std::vector<PageMessages::Done> PageMessages::take_late(Time now) {
  std::vector<Done> late;
  // All have the same patience: who came first is late first, and before all others of its client id.
  while (!line_.empty() && line_.front().until <= now) {
    const auto entry = queues_.find(line_.front().message.client_id.text());
    late.push_back(take_out(entry, entry->second.waiting.begin()).done);
    ++counts_.failed;
  }
  return late;
}

std::vector<PageMessages::Done> PageMessages::take_waiting() {
  std::vector<Done> all;
  while (!line_.empty()) {
    const auto entry = queues_.find(line_.front().message.client_id.text());
    all.push_back(take_out(entry, entry->second.waiting.begin()).done);
  }
  return all;
}

}  // namespace tayori::hub
