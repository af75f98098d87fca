#include "net/loop.h"

namespace tayori::net {

Loop::Loop(const base::Clock& clock)
    : clock_(clock),
      read_buffer_(kReadBufferBytes),
      executor_(context_.get_executor()),
      work_(executor_),
      sweep_timer_(context_) {}

void Loop::run() {
  arm_sweep();
  context_.run();
}

void Loop::at_turn_end(TurnEnd& task) {
  if (!task.is_linked()) turn_ends_.push_back(task);
  if (turn_end_is_posted_) return;
  turn_end_is_posted_ = true;
  // Posted behind every handler that is ready now: what these hand to one session leaves in one write.
  boost::asio::post(context_, [this] { run_turn_ends(); });
}

void Loop::at_turn_end(std::shared_ptr<TurnEnd> task) {
  if (task->is_linked()) return;
  at_turn_end(*task);
  held_.push_back(std::move(task));
}

void Loop::run_turn_ends() {
  turn_end_is_posted_ = false;
  const auto held = std::exchange(held_, {});
  // What is asked for meanwhile is for the next turn's end: a page that reads a long history, and
  // asks again each time, must not keep the loop from all others.
  decltype(turn_ends_) due;
  due.swap(turn_ends_);
  // Taken out before it runs, since it may ask again or destroy itself.
  while (!due.empty()) {
    TurnEnd& task = due.front();
    due.pop_front();
    task.on_turn_end();
  }
}

void Loop::sweep_now() {
  const auto now = clock_.steady();
  // A visit may unlink the visited only, so the next one is taken before.
  for (auto next = swept_.begin(); next != swept_.end();) (next++)->on_sweep(now);
}

void Loop::arm_sweep() {
  sweep_timer_.expires_after(kSweepInterval);
  sweep_timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    sweep_now();
    arm_sweep();
  });
}

}  // namespace tayori::net
