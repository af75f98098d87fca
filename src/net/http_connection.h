// HttpConnection: one connection's requests, one after the other, each answered when its handler is ready.
//
// Reads into its loop's buffer. Pipelined requests are answered in order, and what is answered within one turn
// leaves in one write. A request that is malformed, too large or too slow gets an answer and ends the connection.
// Of a peer that does not read its answers no further request is taken, and nothing is read.
//
// Lives as long as it has an operation pending or an exchange is unanswered.
//
// Threads: its loop only.
// Source:  RFC 9112
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/http_limits.h"
#include "net/http_reader.h"
#include "net/loop.h"
#include "net/socket.h"
#include "tayori/http.h"
#include "tayori/result.h"

namespace tayori::net {

class HttpConnection;

/// The right to answer one request, once. Let go unanswered, it answers 500.
class HttpExchange {
 public:
  explicit HttpExchange(std::shared_ptr<HttpConnection> connection);
  HttpExchange(HttpExchange&&) noexcept = default;
  HttpExchange& operator=(HttpExchange&&) noexcept = default;
  ~HttpExchange();

  /// Threads: the connection's loop. REQUIRES: not answered before.
  void respond(const HttpResponse& response);

  /// A socket given away, and what the peer has already sent behind its request.
  struct GivenAway {
    Socket socket;
    std::string early;
  };
  /// Sends `switching`, and gives the socket away. REQUIRES: as respond().
  [[nodiscard]] GivenAway upgrade(const HttpResponse& switching);
  /// Sends `beginning`, whose body goes on until the connection ends, and gives the socket away. REQUIRES: as
  /// respond().
  [[nodiscard]] GivenAway stream(const HttpResponse& beginning);

  /// Has `gone` called should the peer end the connection before it is answered; the exchange has become void then.
  /// For answers that are held on purpose: of others a peer's end is noticed when they are sent.
  void watch(std::function<void()> gone);

  /// The loop that respond() has to be called on.
  [[nodiscard]] Loop& loop() const;

 private:
  std::shared_ptr<HttpConnection> connection_;
};

class HttpHandler {
 public:
  virtual void on_request(HttpRequest request, HttpExchange exchange) = 0;
  /// A request that never became one: `error` says why, and gets the returned answer.
  virtual HttpResponse on_bad_request(const Error& error) = 0;

 protected:
  ~HttpHandler() = default;
};

class HttpConnection final : public std::enable_shared_from_this<HttpConnection>,
                             private Swept,
                             private TurnEnd {
 public:
  /// `handler` and `limits` outlive the connection.
  HttpConnection(Loop& loop, Socket socket, std::string peer, HttpHandler& handler,
                 const HttpLimits& limits);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  void start();

 private:
  friend class HttpExchange;
  /// reading: for (more of) a request. handling: its answer is due. ending: the answer is the last one;
  /// then bytes are dropped until the peer closes. given_away: the socket is another's.
  enum class State { reading, handling, ending, given_away };

  void on_sweep(std::chrono::steady_clock::time_point now) override;
  void on_turn_end() override;

  void wait_readable();
  void read();
  void take(std::string_view bytes);
  /// Whether one more request may be taken: not while one is handled, nor while the peer leaves its answers.
  [[nodiscard]] bool may_take() const;
  /// Whether the peer's end is waited for while its answer is held back.
  [[nodiscard]] bool may_watch() const;
  void listen();
  void proceed();
  std::size_t step(std::string_view input);
  void refuse(const Error& error);
  void respond(const HttpResponse& response);
  HttpExchange::GivenAway give_away(const HttpResponse& head, bool endless);
  void watch(std::function<void()> gone);
  void flush();
  void finish_sending();
  void flush_at_turn_end();
  void send_on();
  void leave_loop();
  void abort();
  [[nodiscard]] std::chrono::milliseconds patience() const;

  Loop& loop_;
  Socket socket_;
  const std::string peer_;
  HttpHandler& handler_;
  const HttpLimits& limits_;
  HttpReader reader_;
  State state_ = State::reading;
  bool keep_alive_ = true;
  bool head_only_ = false;
  bool is_waiting_readable_ = false;
  bool is_waiting_writable_ = false;
  bool is_proceeding_ = false;
  std::function<void()> gone_;  // of whoever holds the answer back
  /// Received and not yet taken: half a line, or requests behind the one being handled.
  std::string input_;
  std::string output_;
  /// When what is waited for began: the request, its body, or the silence before it.
  std::chrono::steady_clock::time_point since_;
  HttpReader::State since_state_ = HttpReader::State::idle;
};

}  // namespace tayori::net
