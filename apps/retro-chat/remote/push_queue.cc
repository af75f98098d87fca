#include "remote/push_queue.h"

#include <algorithm>
#include <utility>

namespace retrochat {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kTooManyRequests = 429;
constexpr int kFirstOfServerErrors = 500;

/// Whether the same may be taken later: Tayori is away, has its hands full, or has another key for the moment.
bool may_pass(const tayori::Error& error) {
  const int status = tayori::facts(error.code).http_status;
  return error.is_unanswered || status >= kFirstOfServerErrors || status == kUnauthorized ||
         status == kTooManyRequests;
}

const tayori::Payload& ask_notice() {
  static const tayori::Payload notice = *tayori::Payload::parse(R"({"notice":"ask"})");
  return notice;
}

}  // namespace

PushQueue::PushQueue(Calls calls, std::string name, Limits limits, Complain complain)
    : calls_(std::move(calls)),
      name_(std::move(name)),
      limits_(limits),
      complain_(std::move(complain)) {}

void PushQueue::push(tayori::GroupName room, tayori::Payload message) {
  const std::lock_guard lock(mutex_);
  if (pushes_ >= limits_.pushes) make_room_for_a_push();
  waiting_.push_back({++number_, Push{std::move(room), std::move(message)}});
  ++pushes_;
  something_waits_.notify_one();
}

void PushQueue::disconnect(tayori::ClientId who) {
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [&](const Waiting& each) {
    const auto* earlier = std::get_if<End>(&each.what);
    return earlier != nullptr && earlier->who == who;
  });
  if (waiting_.size() - pushes_ >= limits_.disconnects) {
    const auto oldest = std::ranges::find_if(
        waiting_, [](const Waiting& each) { return std::holds_alternative<End>(each.what); });
    complain_("too many disconnects wait; one was given up");
    if (oldest != waiting_.end()) waiting_.erase(oldest);
  }
  waiting_.push_back({++number_, End{std::move(who)}});
  something_waits_.notify_one();
}

void PushQueue::ask(const tayori::GroupName& room) {
  const std::lock_guard lock(mutex_);
  note_missed(room);
  something_waits_.notify_one();
}

void PushQueue::make_room_for_a_push() {
  const auto oldest = std::ranges::find_if(
      waiting_, [](const Waiting& each) { return std::holds_alternative<Push>(each.what); });
  if (oldest == waiting_.end()) return;
  note_missed(std::get<Push>(oldest->what).room);
  waiting_.erase(oldest);
  --pushes_;
}

void PushQueue::note_missed(const tayori::GroupName& room) {
  if (missed_.size() < limits_.rooms) missed_.insert(room);
}

void PushQueue::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  something_waits_.wait(lock, stop, [this] { return !waiting_.empty() || !missed_.empty(); });
}

PushQueue::Step PushQueue::step() {
  const auto errand = next();
  if (!errand) return Step::idle;
  return settle(*errand, call(*errand));
}

std::optional<PushQueue::Waiting> PushQueue::next() {
  const std::lock_guard lock(mutex_);
  const bool is_time_to_ask = !missed_.empty() && (is_reachable_ || waiting_.empty());
  // Taken out for the call, so that a room which misses something meanwhile is noted again.
  if (is_time_to_ask) return Waiting{0, Ask{missed_.extract(missed_.begin()).value()}};
  return waiting_.empty() ? std::nullopt : std::optional(waiting_.front());
}

tayori::Outcome PushQueue::call(const Waiting& errand) const {
  if (const auto* push = std::get_if<Push>(&errand.what))
    return calls_.send_group(push->room, push->message,
                             name_ + "-" + std::to_string(errand.number));
  if (const auto* end = std::get_if<End>(&errand.what))
    return calls_.disconnect(end->who, end->tokens);
  return calls_.send_group(std::get<Ask>(errand.what).room, ask_notice(), "");
}

PushQueue::Step PushQueue::settle(const Waiting& errand, const tayori::Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  if (spares_tokens(errand, outcome)) return Step::done;
  const auto* ask = std::get_if<Ask>(&errand.what);
  const bool was_reachable = std::exchange(is_reachable_, outcome || !may_pass(outcome.error()));
  if (is_reachable_ && !was_reachable) complain_("Tayori takes pushes again");
  if (!is_reachable_) {
    if (was_reachable) complain_("Tayori takes no pushes at the moment: " + outcome.error().detail);
    if (ask != nullptr) note_missed(ask->room);
    return Step::again;
  }
  if (!outcome) complain_("Tayori does not take a push: " + outcome.error().detail);
  if (ask != nullptr) return Step::done;
  const auto* push = std::get_if<Push>(&errand.what);
  if (is_still_first(errand)) {
    waiting_.pop_front();
    if (push != nullptr) --pushes_;
  }
  if (!outcome && push != nullptr) note_missed(push->room);
  return Step::done;
}

bool PushQueue::is_still_first(const Waiting& errand) const {
  return !waiting_.empty() && waiting_.front().number == errand.number;
}

bool PushQueue::spares_tokens(const Waiting& errand, const tayori::Outcome& outcome) {
  const auto* end = std::get_if<End>(&errand.what);
  if (end == nullptr || end->tokens == tayori::Tokens::keep || outcome) return false;
  const tayori::Error& error = outcome.error();
  if (error.is_unanswered || error.code != tayori::ErrorCode::overloaded) return false;
  complain_("Tayori makes no more tokens void; pages are ended without that: " + error.detail);
  if (is_still_first(errand)) std::get<End>(waiting_.front().what).tokens = tayori::Tokens::keep;
  return true;
}

}  // namespace retrochat
