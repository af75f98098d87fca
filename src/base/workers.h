// Workers: threads for what may block, with a bounded queue.
//
// Threads: any (submit); set up only (the rest).
#pragma once

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <utility>

namespace tayori::base {

class Workers {
 public:
  /// Tasks that may wait or run. One more is refused.
  static constexpr std::size_t kTasks = 1'024;

  explicit Workers(std::size_t threads, std::size_t limit = kTasks)
      : limit_(limit), pool_(threads) {}
  ~Workers() { join(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Whether there is room for one more; a task that is submitted without asking is always run.
  [[nodiscard]] bool has_room() const { return pending_.load(std::memory_order_relaxed) < limit_; }

  /// Runs `task` on one of the threads. It must not throw.
  template <typename Task>
  void submit(Task&& task) {
    pending_.fetch_add(1, std::memory_order_relaxed);
    boost::asio::post(pool_, [this, task = std::forward<Task>(task)]() mutable {
      task();
      pending_.fetch_sub(1, std::memory_order_relaxed);
    });
  }

  /// Runs what was submitted and ends the threads.
  void join() { pool_.join(); }

  [[nodiscard]] boost::asio::thread_pool& pool() { return pool_; }

 private:
  const std::size_t limit_;
  std::atomic<std::size_t> pending_{0};
  boost::asio::thread_pool pool_;
};

}  // namespace tayori::base
