// WebSocketTransportTest: a transport on one end of a pipe, its browser on the other, for tests.
//
// Threads: one at a time.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/browser_end.h"
#include "session/websocket_transport.h"

namespace tayori::session {

/// What a transport told, and what an owner would do at once.
struct Heard final : TransportEvents {
  std::vector<PageFrame> frames;
  std::vector<ErrorCode> refused;
  std::vector<Departure> departures;
  int rooms = 0;
  /// Done on a frame, after it was noted.
  std::function<void()> answer = [] {};

  void on_frame(PageFrame frame) override {
    frames.push_back(std::move(frame));
    answer();
  }
  void on_refused(const Error& error) override {
    refused.push_back(error.code);
    answer();
  }
  void on_room() override { ++rooms; }
  void on_departed(Departure departure) override { departures.push_back(departure); }
};

class WebSocketTransportTest : public testing::Test {
 protected:
  /// A transport that has begun to read, as wide as the kernel's defaults or as narrow as it goes.
  void open(BrowserEnd::Pipe pipe = BrowserEnd::Pipe::stream, bool is_narrow = false,
            std::string early = {}) {
    browser_ = std::make_unique<BrowserEnd>(pipe);
    if (is_narrow) browser_->narrow();
    auto connection = std::make_shared<net::WebSocketConnection>(
        loop_, browser_->server_end(loop_), net::WebSocketLimits{.message = kPageFrameBytes});
    transport_ = std::make_unique<WebSocketTransport>(std::move(connection), heard_, outbox_);
    transport_->start(std::move(early));
  }
  void open_narrow() { open(BrowserEnd::Pipe::stream, true); }

  /// Runs all that is ready.
  void turn() { loop_.context().poll(); }

  /// Queues `count` messages of `size` bytes and sends what the page takes.
  void push(int count, std::size_t size = 10) {
    for (int i = 0; i < count; ++i) {
      const auto message = Envelope::message({++pushed_}, std::string(size, 'x'));
      ASSERT_EQ(outbox_.push(message), Outbox::Push::accepted);
    }
    transport_->flush(outbox_);
  }

  /// Reads and lets the transport go on until nothing more comes.
  std::vector<BrowserFrame> drain() {
    std::vector<BrowserFrame> all;
    while (browser_->read() > 0) {
      for (BrowserFrame& frame : browser_->read_frames()) all.push_back(std::move(frame));
      turn();
      if (heard_.departures.empty()) transport_->flush(outbox_);
    }
    return all;
  }

  void expect_ended(const std::vector<BrowserFrame>& frames, ErrorCode code) {
    ASSERT_GE(frames.size(), 2U);
    EXPECT_EQ(frames[frames.size() - 2], (BrowserFrame{net::Opcode::text, error_frame(code)}));
    EXPECT_EQ(frames.back().opcode, net::Opcode::close);
    EXPECT_EQ(frames.back().close_code(), facts(code).close_code);
  }

  base::ManualClock clock_;
  net::Loop loop_{clock_};
  Heard heard_;
  Outbox outbox_{1'000'000};
  std::unique_ptr<BrowserEnd> browser_;
  std::unique_ptr<WebSocketTransport> transport_;
  std::uint64_t pushed_ = 0;
};

}  // namespace tayori::session
