// TestHub, HubTest: a hub whose loops run on the test's own thread, with browsers on their pages, for tests.
//
// Nothing happens but in turn(), and no time passes but in pass(): so every run of a test is the
// same.
//
// Threads: one at a time.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "broker/memory_broker.h"
#include "hub/hub.h"
#include "hub/told.h"
#include "net/loop.h"
#include "session/browser_end.h"

namespace tayori::hub {

inline access::Tokens test_tokens() {
  return access::Tokens(*access::TokenKeys::of(std::string(32, 'k')));
}

/// A page on a loop, and the browser that shows it.
class Browser {
 public:
  using End = session::BrowserEnd::End;
  enum class Pipe { wide, narrow, packets, tcp };
  /// Whether several channels share the connection.
  enum class Use { own, shared };

  explicit Browser(LoopHub& home, Pipe pipe = Pipe::wide, std::string early = {},
                   Use use = Use::own)
      : end_(kind_of(pipe)) {
    if (pipe == Pipe::narrow) end_.narrow();
    if (use == Use::own) {
      home.adopt(end_.server_end(home.loop()), std::move(early));
    } else {
      home.adopt_shared(end_.server_end(home.loop()), std::move(early));
    }
  }

  void open(std::string_view token, std::string_view cursor = {}) {
    end_.say(opening(token, cursor));
  }
  static std::string opening(std::string_view token, std::string_view cursor = {}) {
    std::string text = "t{\"token\":\"" + std::string(token) + "\"";
    if (!cursor.empty()) text += ",\"cursor\":\"" + std::string(cursor) + "\"";
    return text + "}";
  }
  void say(std::string_view text) { end_.say(text); }
  void hang_up() { end_.hang_up(); }

  /// What was told since the last call, as told.h has it.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const session::BrowserFrame& frame : end_.frames()) {
      if (frame.data.starts_with("o{")) session_ = session_told(frame.data);
      if (frame.data.starts_with("e{")) description_ = description_told(frame.data);
      all.push_back(hub::told(frame));
    }
    return all;
  }
  /// The word for its session, as the last `o` among told() gave it.
  [[nodiscard]] const std::string& session() const { return session_; }
  /// What the last `e` among told() said.
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] session::BrowserEnd& end() { return end_; }

 private:
  static session::BrowserEnd::Pipe kind_of(Pipe pipe) {
    if (pipe == Pipe::packets) return session::BrowserEnd::Pipe::packets;
    if (pipe == Pipe::tcp) return session::BrowserEnd::Pipe::tcp;
    return session::BrowserEnd::Pipe::stream;
  }

  session::BrowserEnd end_;
  std::string session_;
  std::string description_;
};

/// The hub, its loops and their browsers. Tests of one case inherit it through HubTest.
class TestHub {
 public:
  /// REQUIRES: called once, before all else.
  void start(const HubSettings& settings = {}, std::size_t loops = 1) {
    hub_ = std::make_unique<Hub>(settings, std::make_unique<broker::MemoryBroker>("e1"),
                                 test_tokens(), clock_);
    hub_->on_presence([this](const PresenceEdge& edge) {
      const bool has_come = edge.kind == PresenceEdge::Kind::connected;
      edges_.push_back((has_come ? "+" : "-") + edge.client_id.text());
    });
    for (std::size_t i = 0; i < loops; ++i) hub_->add_loop(loops_.emplace_back(clock_));
  }

  static HubSettings with(broker::HistoryLimits history, SessionLimits session = {}) {
    return {.history = history, .session = session};
  }

  LoopHub& loop_hub(std::size_t i = 0) { return *hub_->loops()[i]; }

  /// Runs all that is ready on every loop.
  void turn() {
    std::size_t ran = 1;
    while (ran > 0) {
      ran = 0;
      for (net::Loop& loop : loops_) ran += loop.context().poll();
    }
  }
  /// Lets time pass, as the loops notice it at their next sweep.
  void pass(std::chrono::milliseconds time) {
    clock_.advance(time);
    for (net::Loop& loop : loops_) loop.sweep_now();
    turn();
  }

  std::string token(std::string_view client, const std::vector<std::string>& groups = {},
                    std::chrono::minutes duration = std::chrono::minutes{120}) {
    ChannelOptions options{.duration = duration};
    for (const std::string& group : groups) options.groups.push_back(*GroupName::parse(group));
    return hub_->create_channel(*ClientId::parse(client), options)->token;
  }

  Sent publish(broker::Topic topic, std::string data) {
    std::optional<Sent> sent;
    hub_->publish({std::move(topic), *Payload::parse(std::move(data))},
                  [&](const Result<Sent>& result) { sent = *result; });
    return *sent;
  }
  Sent send(std::string_view client, std::string data) {
    return publish(broker::Topic::of(*ClientId::parse(client)), std::move(data));
  }
  Sent send_group(std::string_view group, std::string data) {
    return publish(broker::Topic::of(*GroupName::parse(group)), std::move(data));
  }
  Sent broadcast(std::string data) { return publish(broker::Topic::everyone(), std::move(data)); }

  Browser& connect(std::size_t loop = 0, Browser::Pipe pipe = Browser::Pipe::wide) {
    return browsers_.emplace_back(loop_hub(loop), pipe);
  }
  Browser& connect_shared(Browser::Pipe pipe = Browser::Pipe::wide, std::size_t loop = 0) {
    return browsers_.emplace_back(loop_hub(loop), pipe, std::string(), Browser::Use::shared);
  }
  /// A page that has been told that it is open.
  Browser& open(std::string_view client, const std::vector<std::string>& groups = {},
                std::size_t loop = 0) {
    Browser& browser = connect(loop);
    browser.open(token(client, groups));
    turn();
    EXPECT_EQ(browser.told().size(), 1U) << "o, and nothing else";
    return browser;
  }

  /// All that `page` is told, read until nothing more comes.
  std::vector<std::string> drained(Browser& page) {
    std::vector<std::string> all;
    for (auto more = page.told(); !more.empty(); more = page.told()) {
      for (std::string& one : more) all.push_back(std::move(one));
      turn();
    }
    return all;
  }

  /// The edges of presence since the last call: "+ann", "-ann".
  std::vector<std::string> edges() { return std::exchange(edges_, {}); }

  base::ManualClock clock_;
  std::deque<net::Loop> loops_;
  std::vector<std::string> edges_;
  std::unique_ptr<Hub> hub_;
  std::deque<Browser> browsers_;
};

class HubTest : public testing::Test, protected TestHub {};

}  // namespace tayori::hub
