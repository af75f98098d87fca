#include "net/http_connection.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "base/check.h"
#include "net/http_writer.h"

namespace tayori::net {

using boost::system::error_code;

namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
/// How long a peer may take to close after our last answer.
constexpr std::chrono::seconds kLinger{2};
/// No further pipelined request is taken while this much of the answers waits for the peer.
constexpr std::size_t kOutputBytes = 262'144;
/// What an idle connection keeps for its next answer, which is a short one as a rule.
constexpr std::size_t kKeptBytes = 1'024;

}  // namespace

HttpExchange::HttpExchange(std::shared_ptr<HttpConnection> connection)
    : connection_(std::move(connection)) {
  connection_->loop_.traffic().exchanges_open.add(1);
}

HttpExchange::~HttpExchange() {
  // Not when the loop is being taken down, and everything that waits on it with it.
  if (connection_ && connection_->loop_.is_here())
    respond(HttpResponse::text(500, "Nobody answered.\n"));
}

void HttpExchange::respond(const HttpResponse& response) {
  CHECK(connection_ != nullptr, "a request is answered once");
  std::exchange(connection_, nullptr)->respond(response);
}

HttpExchange::GivenAway HttpExchange::upgrade(const HttpResponse& switching) {
  CHECK(connection_ != nullptr, "a request is answered once");
  return std::exchange(connection_, nullptr)->give_away(switching, false);
}

HttpExchange::GivenAway HttpExchange::stream(const HttpResponse& beginning) {
  CHECK(connection_ != nullptr, "a request is answered once");
  return std::exchange(connection_, nullptr)->give_away(beginning, true);
}

void HttpExchange::watch(std::function<void()> gone) { connection_->watch(std::move(gone)); }

Loop& HttpExchange::loop() const { return connection_->loop_; }

HttpConnection::HttpConnection(Loop& loop, Socket socket, std::string peer, HttpHandler& handler,
                               const HttpLimits& limits)
    : loop_(loop),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      handler_(handler),
      limits_(limits),
      reader_(limits),
      since_(loop.clock().steady()) {
  loop_.traffic().connections_open.add(1);
}

HttpConnection::~HttpConnection() { loop_.traffic().connections_open.subtract(1); }

void HttpConnection::start() {
  loop_.sweep(*this);
  wait_readable();
}

void HttpConnection::wait_readable() {
  if (std::exchange(is_waiting_readable_, true)) return;
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
    self->is_waiting_readable_ = false;
    if (!error) self->read();
  });
}

void HttpConnection::read() {
  const std::span<char> buffer = loop_.read_buffer();
  const ssize_t count = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return wait_readable();
  if (count <= 0) return abort();
  loop_.traffic().bytes_in.add(static_cast<std::uint64_t>(count));
  take({buffer.data(), static_cast<std::size_t>(count)});
}

void HttpConnection::take(std::string_view bytes) {
  if (state_ == State::ending) return wait_readable();
  if (input_.empty()) {
    // The usual case: a whole request, read where it lies.
    std::size_t done = 0;
    is_proceeding_ = true;
    while (done < bytes.size() && may_take()) {
      const std::size_t step_done = step(bytes.substr(done));
      done += step_done;
      if (step_done == 0) break;
    }
    is_proceeding_ = false;
    // What another has now, it got with the socket.
    if (state_ == State::given_away) return;
    input_ = bytes.substr(done);
  } else {
    input_ += bytes;
    proceed();
  }
  listen();
}

bool HttpConnection::may_take() const {
  // A connection that was cut may have requests left, which nobody waits for.
  return state_ == State::reading && socket_.is_open() && output_.size() < kOutputBytes;
}

void HttpConnection::listen() {
  // Otherwise the peer's bytes wait in the kernel, where their number is bounded.
  if (may_take() || state_ == State::ending || may_watch()) wait_readable();
}

bool HttpConnection::may_watch() const {
  // A pipelined request behind it hides the peer's end; but it is one read at most that waits here.
  return state_ == State::handling && gone_ && input_.empty();
}

void HttpConnection::watch(std::function<void()> gone) {
  gone_ = std::move(gone);
  if (may_watch()) wait_readable();
}

void HttpConnection::proceed() {
  if (std::exchange(is_proceeding_, true)) return;
  std::size_t done = 0;
  const std::string input = std::exchange(input_, {});
  while (done < input.size() && may_take()) {
    const std::size_t step_done = step(std::string_view(input).substr(done));
    done += step_done;
    if (step_done == 0) break;
  }
  is_proceeding_ = false;
  if (state_ != State::given_away) input_ = input.substr(done);
}

std::size_t HttpConnection::step(std::string_view input) {
  const std::size_t done = reader_.take(input);
  if (reader_.state() != since_state_) {
    since_state_ = reader_.state();
    since_ = loop_.clock().steady();
  }
  if (reader_.take_wants_continue()) {
    output_ += kContinue;
    flush_at_turn_end();
  }
  if (reader_.state() == HttpReader::State::failed) {
    refuse(reader_.error());
    return input.size();
  }
  if (reader_.state() != HttpReader::State::complete) return done;

  loop_.traffic().requests.add(1);
  auto complete = reader_.release();
  since_state_ = HttpReader::State::idle;
  complete.request.peer = peer_;
  keep_alive_ = complete.keep_alive;
  head_only_ = complete.request.method == "HEAD";
  state_ = State::handling;
  // For an upgrade, which takes along what lies behind its request.
  input_ = input.substr(done);
  handler_.on_request(std::move(complete.request), HttpExchange(shared_from_this()));
  if (state_ != State::given_away) input_.clear();
  return done;
}

void HttpConnection::refuse(const Error& error) {
  keep_alive_ = false;
  head_only_ = false;
  state_ = State::handling;
  HttpExchange(shared_from_this()).respond(handler_.on_bad_request(error));
}

void HttpConnection::respond(const HttpResponse& response) {
  if (state_ != State::handling) return;
  gone_ = nullptr;
  loop_.traffic().exchanges_open.subtract(1);
  write_http(output_, response,
             {.keep_alive = keep_alive_,
              .idle_time = std::chrono::floor<std::chrono::seconds>(limits_.idle_time),
              .head_only = head_only_,
              .date = loop_.clock().wall()});
  state_ = keep_alive_ ? State::reading : State::ending;
  since_ = loop_.clock().steady();
  flush_at_turn_end();
}

HttpExchange::GivenAway HttpConnection::give_away(const HttpResponse& head, bool endless) {
  loop_.traffic().exchanges_open.subtract(1);
  write_http(output_, head,
             {.keep_alive = !endless, .endless = endless, .date = loop_.clock().wall()});
  flush();
  state_ = State::given_away;
  leave_loop();
  // A head is some hundred bytes, and the last thing that this class has to say: a peer that has no room for it is
  // gone.
  if (!output_.empty()) abort();
  return {std::move(socket_), std::move(input_)};
}

void HttpConnection::on_turn_end() { send_on(); }

void HttpConnection::send_on() {
  flush();
  if (output_.size() >= kOutputBytes || is_waiting_writable_) return;
  if (state_ == State::reading && !input_.empty()) proceed();
  listen();
}

void HttpConnection::flush() {
  if (is_waiting_writable_ || output_.empty()) return;
  const ssize_t sent =
      ::send(socket_.native_handle(), output_.data(), output_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != EINTR) return abort();
  if (sent > 0) {
    loop_.traffic().bytes_out.add(static_cast<std::uint64_t>(sent));
    output_.erase(0, static_cast<std::size_t>(sent));
    since_ = loop_.clock().steady();
  }
  if (!output_.empty()) {
    is_waiting_writable_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& error) {
      self->is_waiting_writable_ = false;
      if (!error) self->send_on();
    });
    return;
  }
  if (output_.capacity() > kKeptBytes) std::string().swap(output_);
  if (state_ == State::ending) finish_sending();
}

void HttpConnection::finish_sending() {
  // With bytes of the peer unread, closing would reset the connection and take the answer with it.
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void HttpConnection::flush_at_turn_end() {
  // An answer from another turn may come when nothing else holds the connection.
  loop_.at_turn_end(std::shared_ptr<TurnEnd>(shared_from_this(), this));
}

void HttpConnection::leave_loop() {
  Swept::unlink();
  TurnEnd::unlink();
}

void HttpConnection::abort() {
  error_code ignored;
  socket_.close(ignored);
  leave_loop();
  if (const auto gone = std::exchange(gone_, nullptr)) gone();
}

std::chrono::milliseconds HttpConnection::patience() const {
  if (state_ == State::ending && output_.empty()) return kLinger;
  if (!output_.empty()) return limits_.idle_time;
  if (reader_.state() == HttpReader::State::in_head) return limits_.head_time;
  if (reader_.state() == HttpReader::State::in_body) return limits_.body_time;
  return limits_.idle_time;
}

void HttpConnection::on_sweep(std::chrono::steady_clock::time_point now) {
  if ((state_ == State::handling && output_.empty()) || now - since_ < patience()) return;
  const auto reading = reader_.state();
  const bool is_half_read =
      reading == HttpReader::State::in_head || reading == HttpReader::State::in_body;
  if (state_ == State::reading && is_half_read && output_.empty()) {
    return refuse(Error::of(ErrorCode::request_timeout));
  }
  // A sweep may take out nobody but the visited, and whoever watches the peer leaves with it.
  if (gone_) return loop_.post([self = shared_from_this()] { self->abort(); });
  abort();
}

}  // namespace tayori::net
