// PollTransport: a session's frames in the answer to one long poll.
//
// Holds the answer back until there is something to say, and is over with it: the page goes on with another poll
// from its cursor. So what does not fit stays in the log, and an answer that gets lost is asked for again.
//
// Threads: its loop only.
// Source:  spec/protocol.md 3.2
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "net/http_connection.h"
#include "session/transport.h"

namespace tayori::session {

class PollTransport final : public Transport {
 public:
  static constexpr std::size_t kFramesMax = 500;
  static constexpr std::size_t kBytesMax = 1'048'576;

  /// Answers with `head` and a body of frames, at `until` if nothing is to be said before. `events` outlives the
  /// transport.
  PollTransport(net::HttpExchange exchange, HttpResponse head,
                std::chrono::steady_clock::time_point until, TransportEvents& events);

  /// Begins to watch the page.
  void start();

  [[nodiscard]] WireFormat format() const override { return WireFormat::json; }
  void flush(Outbox& outbox) override;
  void end(Outbox& outbox, const Farewell& farewell) override;
  void end_in_order(Outbox& outbox) override;
  [[nodiscard]] bool take_heard() override { return true; }
  [[nodiscard]] bool take_sent() override { return true; }
  void on_time(std::chrono::steady_clock::time_point now) override;

 private:
  /// With `last`, a frame in JSON, behind all else.
  void answer(Outbox& outbox, std::string_view last = {});
  /// Answers a page that was not let in, so that there is no `o` to begin with.
  void refuse(const Farewell& farewell);

  std::optional<net::HttpExchange> exchange_;
  HttpResponse response_;
  const std::chrono::steady_clock::time_point until_;
  TransportEvents& events_;
  bool is_over_ = false;
};

}  // namespace tayori::session
