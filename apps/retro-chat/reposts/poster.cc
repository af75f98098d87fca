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
  Done noted = done();
  const auto secret = box_.open(task->target.sealed);
  if (!secret) {
    noted = table_.refused(*task, "secret_lost", RepostsTable::Then::rest);
  } else {
    WebRequest request = post_for(*task, *secret, options_, now);
    request.stop = stop;
    const WebResult result = given_.send(request);
    // Given up because the program ends: the line stays where it is.
    if (!stop.stop_requested() || std::holds_alternative<WebAnswer>(result))
      noted = settle(*task, result);
  }
  const std::lock_guard lock(mutex_);
  busy_.erase(task->room.id);
  // It would be due again at once, and again; it is posted with the same key once the store can note what became of it.
  if (!noted)
    resting_.insert_or_assign(task->room.id, given_.clock() + limits::kRepostLongestPause);
  return true;
}

std::optional<RepostTask> Poster::take(TimePoint now) {
  // Looking and marking are one step, so that no two threads have lines of one room under way.
  const std::lock_guard lock(mutex_);
  if (!table_.give_up(now - limits::kRepostGivenUp)) return std::nullopt;
  auto due = table_.due(now);
  if (!due) return std::nullopt;
  std::erase_if(resting_, [now](const auto& each) { return each.second <= now; });
  for (RepostTask& task : *due) {
    if (resting_.contains(task.room.id)) continue;
    if (busy_.insert(task.room.id).second) return std::move(task);
  }
  return std::nullopt;
}

Done Poster::settle(const RepostTask& task, const WebResult& result) {
  const Verdict verdict = verdict_of(task.target.kind, result);
  switch (verdict.then) {
    case Verdict::Then::posted:
      return table_.posted(task, {verdict.post_id, verdict.url, verdict.reason});
    case Verdict::Then::refused:
      return table_.refused(task, verdict.reason, RepostsTable::Then::go_on);
    case Verdict::Then::refused_and_rest:
      return table_.refused(task, verdict.reason, RepostsTable::Then::rest);
    case Verdict::Then::again: return table_.put_off(task, verdict.reason, next_try(task, result));
  }
  return Refusal::trouble;
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
