#include "base/current.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace tayori::base {
namespace {

TEST(Current, is_what_it_was_replaced_by) {
  Current<std::string> word("one");
  EXPECT_EQ(*word.get(), "one");
  word.replace("two");
  EXPECT_EQ(*word.get(), "two");
}

TEST(Current, stays_for_whoever_holds_it) {
  Current<std::string> word("one");
  const auto held = word.get();
  word.replace("two");
  EXPECT_EQ(*held, "one");
  EXPECT_EQ(held.use_count(), 1) << "and is nobody else's any more";
}

TEST(Current, is_read_whole_by_many_threads_while_it_is_replaced) {
  Current<std::vector<int>> numbers(std::vector<int>(100, 0));
  std::atomic<bool> is_over{false};
  std::atomic<int> torn{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      int last = 0;
      while (!is_over) {
        const auto now = numbers.get();
        if (now->front() != now->back() || now->front() < last) ++torn;
        last = now->front();
      }
    });
  }
  for (int i = 1; i <= 2'000; ++i) numbers.replace(std::vector<int>(100, i));
  is_over = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(numbers.get()->front(), 2'000);
}

}  // namespace
}  // namespace tayori::base
