// Sessions: the receiving ends of one server, as that many browsers would be.
//
// Arrivals are counted exactly: a message too few is waited for and a message too many ends the
// run.
//
// Threads: one.
// Source:  spec/protocol.md 2
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/file_descriptor.h"
#include "generator/frame_reader.h"

namespace tayori::bench {

class Sessions {
 public:
  using Clock = std::chrono::steady_clock;

  Sessions();

  [[nodiscard]] std::size_t size() const { return sessions_.size(); }

  /// Adds `count` connections to 127.0.0.1:`port`, spread over several source addresses.
  void connect(std::uint16_t port, std::size_t count);

  void write(std::size_t session, std::string_view bytes);

  /// Reads the HTTP head that answers an upgrade request. A Failure when it is not a 101 for that
  /// request.
  void read_upgrade(std::size_t session);

  /// Reads until `opened` frames `o` and `messages` messages have come, and everything else that is
  /// there.
  void read(std::size_t opened, std::size_t messages);

  /// Reads until `messages` messages have come, without sleeping, and tells when each did.
  std::vector<Clock::time_point> time_arrivals(std::size_t messages);

 private:
  struct Session {
    FileDescriptor socket;
    FrameReader reader;
  };
  /// Called with the number of messages that one piece of input completed.
  using ArrivalHandler = std::function<void(std::size_t messages)>;

  /// Reads once from every session that has input; false when none had.
  bool read_ready(const ArrivalHandler& on_arrival);
  void expect(std::size_t opened, std::size_t messages);

  FileDescriptor epoll_;
  std::vector<Session> sessions_;
  std::string buffer_;
  FrameTally tally_;
};

}  // namespace tayori::bench
