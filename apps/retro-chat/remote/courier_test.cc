#include "remote/courier.h"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

namespace retrochat {
namespace {

const tayori::Error kAway = tayori::Error::unanswered("nobody there");

TEST(Courier, carries_what_waits_and_what_comes) {
  std::promise<void> first;
  std::promise<void> second;
  std::vector<std::string> told;
  PushQueue queue({.send_group =
                       [&](const auto&, const tayori::Payload& message, const auto&) {
                         told.push_back(message.text());
                         (told.size() == 1 ? first : second).set_value();
                         return tayori::success();
                       },
                   .disconnect = [](const auto&, auto) { return tayori::success(); }},
                  "run", {}, [](std::string_view) {});
  const auto room = *tayori::GroupName::parse("room");
  queue.push(room, *tayori::Payload::parse("1"));
  {
    const Courier courier(queue);
    first.get_future().wait();
    queue.push(room, *tayori::Payload::parse("2"));
    second.get_future().wait();
  }
  EXPECT_EQ(told, (std::vector<std::string>{"1", "2"}));
}

TEST(Courier, carries_the_last_things_out_when_it_ends) {
  int told = 0;
  PushQueue queue({.send_group =
                       [&](const auto&, const auto&, const auto&) {
                         ++told;
                         return tayori::success();
                       },
                   .disconnect = [](const auto&, auto) { return tayori::success(); }},
                  "run", {}, [](std::string_view) {});
  {
    const Courier courier(queue);
    for (int i = 0; i < 100; ++i)
      queue.push(*tayori::GroupName::parse("room"), *tayori::Payload::parse("x"));
  }
  EXPECT_EQ(told, 100);
}

TEST(Courier, ends_though_nobody_takes_anything) {
  std::promise<void> tried;
  bool is_first = true;
  PushQueue queue({.send_group =
                       [&](const auto&, const auto&, const auto&) {
                         if (std::exchange(is_first, false)) tried.set_value();
                         return tayori::Outcome(kAway);
                       },
                   .disconnect = [](const auto&, auto) { return tayori::Outcome(kAway); }},
                  "run", {}, [](std::string_view) {});
  queue.push(*tayori::GroupName::parse("room"), *tayori::Payload::parse("x"));
  const Courier courier(queue);
  tried.get_future().wait();
}

}  // namespace
}  // namespace retrochat
