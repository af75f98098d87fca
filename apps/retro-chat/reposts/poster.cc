#include "reposts/poster.h"

#include <algorithm>
#include <utility>

#include "text/limits.h"

namespace retrochat {

Poster::Poster(RepostsTable& table, const SecretBox& box, ServiceOptions options, Given given)
    : table_(table), box_(box), options_(std::move(options)), given_(std::move(given)) {}

bool Poster::step(const std::stop_token& stop) {
  const TimePoint now = given_.clock();
  const auto task = take(now);
  if (!task) return false;
  const auto secret = box_.open(task->target.sealed);
  if (!secret) {
    static_cast<void>(table_.refused(*task, "secret_lost", RepostsTable::Then::rest));
  } else {
    WebRequest request = post_for(*task, *secret, options_, now);
    request.stop = stop;
    const WebResult result = given_.send(request);
    // Given up because the program ends: the line stays where it is.
    if (!stop.stop_requested() || std::holds_alternative<WebAnswer>(result)) settle(*task, result);
  }
  const std::lock_guard lock(mutex_);
  busy_.erase(task->room.id);
  return true;
}

std::optional<RepostTask> Poster::take(TimePoint now) {
  // Looking and marking are one step, so that no two threads have lines of one room under way.
  const std::lock_guard lock(mutex_);
  if (!table_.give_up(now - limits::kRepostGivenUp)) return std::nullopt;
  auto due = table_.due(now);
  if (!due) return std::nullopt;
  for (RepostTask& task : *due) {
    if (busy_.insert(task.room.id).second) return std::move(task);
  }
  return std::nullopt;
}

void Poster::settle(const RepostTask& task, const WebResult& result) {
  const Verdict verdict = verdict_of(task.target.kind, result);
  // What the store cannot note now is posted again later, with the same key.
  switch (verdict.then) {
    case Verdict::Then::posted:
      static_cast<void>(table_.posted(task, verdict.post_id, verdict.url));
      return;
    case Verdict::Then::refused:
      static_cast<void>(table_.refused(task, verdict.reason, RepostsTable::Then::go_on));
      return;
    case Verdict::Then::refused_and_rest:
      static_cast<void>(table_.refused(task, verdict.reason, RepostsTable::Then::rest));
      return;
    case Verdict::Then::again:
      static_cast<void>(table_.put_off(task, verdict.reason, next_try(task, result)));
      return;
  }
}

TimePoint Poster::next_try(const RepostTask& task, const WebResult& result) const {
  using std::chrono::milliseconds;
  constexpr int kDoublings = 10;
  const milliseconds longest = limits::kRepostLongestPause;
  const milliseconds whole =
      std::min(longest, milliseconds{2'000} * (1 << std::min(task.repost.attempts, kDoublings)));
  const auto less =
      static_cast<std::int64_t>(given_.chance() * static_cast<double>(whole.count()) / 2);
  milliseconds pause = whole - milliseconds{less};
  const auto* answer = std::get_if<WebAnswer>(&result);
  if (answer != nullptr && answer->retry_after) {
    const milliseconds asked =
        std::min<std::chrono::seconds>(*answer->retry_after, limits::kRepostGivenUp);
    pause = std::max(pause, asked);
  }
  return given_.clock() + pause;
}

}  // namespace retrochat
