// Loop: one thread's event loop, with what all its connections share.
//
// Connections live and die on the loop that accepted them; other threads reach it only by post(). It owns the
// one read buffer that every connection reads into, the end of the turn at which sessions write what
// has gathered, and the sweep that watches over time limits, so that no idle connection owns a buffer or a timer.
//
// Threads: its loop only, but for post() and stop().
// Source:  docs/explanation/life-of-a-push.md
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "net/traffic.h"

namespace tayori::net {

using Unlinking = boost::intrusive::link_mode<boost::intrusive::auto_unlink>;

/// Something to be done once at the end of the turn, however often it is asked for. Leaves by itself when
/// destroyed.
class TurnEnd
    : public boost::intrusive::list_base_hook<boost::intrusive::tag<struct TurnEndTag>, Unlinking> {
 public:
  virtual void on_turn_end() = 0;

 protected:
  ~TurnEnd() = default;
};

/// Something that watches time limits. Visited about once a second. May destroy itself, and nobody else.
class Swept
    : public boost::intrusive::list_base_hook<boost::intrusive::tag<struct SweptTag>, Unlinking> {
 public:
  virtual void on_sweep(std::chrono::steady_clock::time_point now) = 0;

 protected:
  ~Swept() = default;
};

class Loop {
 public:
  static constexpr std::size_t kReadBufferBytes = 65'536;
  static constexpr std::chrono::milliseconds kSweepInterval{500};

  explicit Loop(const base::Clock& clock);

  /// Runs until stop(). The calling thread is the loop's from here on.
  void run();
  /// Makes run() return after the current handler. Threads: any.
  void stop() { context_.stop(); }

  /// Runs `task` on the loop, after what is running now. Threads: any.
  template <typename Task>
  void post(Task&& task) {
    boost::asio::post(context_, std::forward<Task>(task));
  }

  /// Whether the calling thread is the loop's, within run(). Threads: any.
  [[nodiscard]] bool is_here() const { return executor_.running_in_this_thread(); }

  /// Has `task` run at the end of this turn. Asking again within the turn changes nothing.
  void at_turn_end(TurnEnd& task);
  /// The same for a task that nobody else may hold until then.
  void at_turn_end(std::shared_ptr<TurnEnd> task);
  void sweep(Swept& swept) { swept_.push_back(swept); }
  /// Visits everything swept, as the timer does; tests on a manual clock call it themselves.
  void sweep_now();

  [[nodiscard]] std::span<char> read_buffer() { return read_buffer_; }
  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  [[nodiscard]] Traffic& traffic() { return traffic_; }
  [[nodiscard]] const Traffic& traffic() const { return traffic_; }

 private:
  template <typename Item, typename Tag>
  using ListOf =
      boost::intrusive::list<Item,
                             boost::intrusive::base_hook<boost::intrusive::list_base_hook<
                                 boost::intrusive::tag<Tag>, Unlinking>>,
                             boost::intrusive::constant_time_size<false>>;

  void run_turn_ends();
  void arm_sweep();

  const base::Clock& clock_;
  Traffic traffic_;
  std::vector<char> read_buffer_;
  boost::asio::io_context context_{1};
  const boost::asio::io_context::executor_type executor_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer sweep_timer_;
  ListOf<TurnEnd, struct TurnEndTag> turn_ends_;
  std::vector<std::shared_ptr<TurnEnd>> held_;  // until the end of this turn, or of the loop
  bool turn_end_is_posted_ = false;
  ListOf<Swept, struct SweptTag> swept_;
};

}  // namespace tayori::net
