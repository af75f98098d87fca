// Listener, HubCallsTest: a page on any of the transports, and a backend that asks for all it may, for tests.
//
// A listener reads on by itself, as a page does: what it has heard is the same whatever it listens by.
//
// Threads: one at a time.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/http_page.h"

namespace tayori::hub {

class Listener {
 public:
  enum class By : std::uint8_t { socket, shared_socket, stream, poll };
  static constexpr std::array<std::string_view, 4> kWords{"socket", "shared_socket", "stream",
                                                          "poll"};

  Listener(By by, Browser& browser, Asking asking)
      : by_(by),
        asking_(std::move(asking)),
        browser_(&browser),
        cursor_(asking_.cursor.value_or("")) {
    browser.say("t" + asking_.json());
  }
  Listener(By by, HttpPage& page, Asking asking)
      : by_(by), asking_(std::move(asking)), page_(&page), cursor_(asking_.cursor.value_or("")) {
    page.ask(by == By::stream ? "/sse" : "/poll", asking_);
  }

  /// Data of messages since the last call, and `g FROM TO`, `e NAME` and `a` as told.h has them; `turn` runs the loops.
  template <typename Turn>
  std::vector<std::string> heard(Turn turn) {
    std::vector<std::string> all;
    for (int quiet = 0; quiet < 3;) {
      turn();
      // What comes through a narrow pipe may be a part of an answer.
      const bool has_come = browser_ == nullptr && page_->end().read() > 0;
      auto told = browser_ != nullptr ? browser_->told() : page_->told();
      quiet = told.empty() && !has_come ? quiet + 1 : 0;
      bool has_ended = false;
      for (std::string& one : told) {
        has_ended = has_ended || one.starts_with("e ");
        take(all, std::move(one));
      }
      if (by_ == By::poll && !told.empty() && !has_ended) page_->ask("/poll", next());
    }
    return all;
  }
  /// How it comes back from where it is.
  [[nodiscard]] Asking next() const {
    return {.token = asking_.token, .cursor = cursor_, .session = session()};
  }
  void hang_up() {
    if (browser_ != nullptr) browser_->hang_up();
    if (page_ != nullptr) page_->hang_up();
  }
  /// REQUIRES: a socket.
  void say(std::string_view text) { browser_->say(text); }
  [[nodiscard]] std::string session() const {
    const std::string& told = browser_ != nullptr ? browser_->session() : page_->session();
    // A poll that is held has not been told anything yet.
    return told.empty() ? asking_.session.value_or("") : told;
  }
  /// What the last `e` said.
  [[nodiscard]] const std::string& description() const {
    return browser_ != nullptr ? browser_->description() : page_->description();
  }
  [[nodiscard]] const std::string& cursor() const { return cursor_; }

 private:
  void take(std::vector<std::string>& all, std::string one) {
    const std::size_t space = one.find(' ');
    if (one.starts_with('m')) {
      cursor_ = "e1-" + one.substr(1, space - 1);
      all.push_back(one.substr(space + 1));
    } else if (one.starts_with("o ")) {
      cursor_ = one.substr(2, one.find(' ', 2) - 2);
    } else if (one.starts_with("g ")) {
      cursor_ = one.substr(one.find(' ', 2) + 1);
      all.push_back(std::move(one));
    } else if (one.starts_with("e ") || one == "a") {
      all.push_back(std::move(one));
    }
  }

  By by_;
  Asking asking_;
  Browser* browser_ = nullptr;
  HttpPage* page_ = nullptr;
  std::string cursor_;
};

class HubCallsTest : public HttpPagesTest {
 protected:
  using By = Listener::By;
  using Pipe = HttpPage::Pipe;

  /// A page that has asked to be let in and been answered.
  Listener arrive(By by, Asking asking, std::size_t loop = 0, Pipe pipe = Pipe::wide) {
    const auto width = pipe == Pipe::wide ? Browser::Pipe::wide : Browser::Pipe::narrow;
    Listener page = by == By::socket ? Listener(by, connect(loop, width), std::move(asking))
                    : by == By::shared_socket
                        ? Listener(by, connect_shared(width, loop), std::move(asking))
                        : Listener(by, http(loop, pipe), std::move(asking));
    turn();
    return page;
  }
  /// The same of one that then hears nothing yet.
  Listener listen(By by, Asking asking, std::size_t loop = 0) {
    Listener page = arrive(by, std::move(asking), loop);
    EXPECT_TRUE(heard(page).empty());
    return page;
  }
  std::vector<std::string> heard(Listener& page) {
    return page.heard([this] { turn(); });
  }

  static ClientId client(std::string_view name) { return *ClientId::parse(name); }
  static GroupName group(std::string_view name) { return *GroupName::parse(name); }

  Result<Membership> join(std::string_view group_name, std::string_view client_id) {
    std::optional<Result<Membership>> answer;
    hub_->join_group(group(group_name), client(client_id),
                     [&](const Result<Membership>& changed) { answer = changed; });
    return *answer;
  }
  Result<Membership> leave(std::string_view group_name, std::string_view client_id) {
    std::optional<Result<Membership>> answer;
    hub_->leave_group(group(group_name), client(client_id),
                      [&](const Result<Membership>& changed) { answer = changed; });
    return *answer;
  }
  Disconnected disconnect(std::string_view client_id, DisconnectOptions options = {}) {
    std::optional<Disconnected> answer;
    hub_->disconnect(client(client_id), std::move(options),
                     [&](const Result<Disconnected>& ended) { answer = *ended; });
    return *answer;
  }
  std::string token_with(std::string_view client_id, Policy policy) {
    return hub_->create_channel(client(client_id), {.policy = policy})->token;
  }
};

/// Test cases for each transport, named by it.
inline auto each_transport() {
  return testing::Values(Listener::By::socket, Listener::By::shared_socket, Listener::By::stream,
                         Listener::By::poll);
}
inline std::string transport_word(const testing::TestParamInfo<Listener::By>& by) {
  return std::string(Listener::kWords[static_cast<std::size_t>(by.param)]);
}

}  // namespace tayori::hub
