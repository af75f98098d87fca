#include "session/poll_transport.h"

#include <array>
#include <utility>

#include "session/problem_json.h"

namespace tayori::session {
namespace {

/// Takes the first of `outbox` into a JSON array, as far as the bounds of an answer allow, with `last` behind it.
std::string take_array(Outbox& outbox, std::string_view last) {
  const std::size_t frames_max = PollTransport::kFramesMax - (last.empty() ? 0 : 1);
  const std::size_t bytes_max = PollTransport::kBytesMax - last.size() - 3;
  std::string body = "[";
  std::array<iovec, 1> part{};
  for (std::size_t frames = 0; frames < frames_max; ++frames) {
    if (outbox.gather(part) == 0) break;
    const std::string_view frame(static_cast<const char*>(part[0].iov_base), part[0].iov_len);
    // The first two are `o` and what it is about: an answer without a message would be asked for for ever.
    if (frames > 1 && body.size() + frame.size() > bytes_max) break;
    if (frames > 0) body += ',';
    body += frame;
    outbox.consume(frame.size());
  }
  if (!last.empty()) body.append(",").append(last);
  return body += ']';
}

}  // namespace

PollTransport::PollTransport(net::HttpExchange exchange, HttpResponse head,
                             std::chrono::steady_clock::time_point until, TransportEvents& events)
    : exchange_(std::move(exchange)), response_(std::move(head)), until_(until), events_(events) {}

void PollTransport::start() {
  is_over_ = exchange_->loop().clock().steady() >= until_;
  exchange_->watch([this] {
    exchange_.reset();
    events_.on_departed(Departure::lost);
  });
}

void PollTransport::flush(Outbox& outbox) {
  // `o` alone is nothing to come back for.
  const bool has_news = outbox.frames() > 1;
  if (!exchange_ || (!has_news && !is_over_)) return;
  answer(outbox);
  events_.on_departed(Departure::answered);
}

void PollTransport::end(Outbox& outbox, const Farewell& farewell) {
  if (!exchange_) return;
  if (outbox.empty()) return refuse(farewell);
  answer(outbox, encode_frame(WireFormat::json, error_frame(farewell))->bytes());
}

void PollTransport::refuse(const Farewell& farewell) {
  response_.status = facts(farewell.code).http_status;
  response_.body = problem_json(Error::of(farewell.code), farewell.why) + "\n";
  for (HttpField& field : response_.fields) {
    if (field.name == "Content-Type") field.value = "application/problem+json";
  }
  auto exchange = std::exchange(exchange_, std::nullopt);
  exchange->respond(response_);
}

void PollTransport::end_in_order(Outbox& outbox) {
  if (exchange_) answer(outbox);
}

void PollTransport::on_time(std::chrono::steady_clock::time_point now) {
  if (is_over_ || now < until_) return;
  is_over_ = true;
  events_.on_room();
}

void PollTransport::answer(Outbox& outbox, std::string_view last) {
  response_.body = take_array(outbox, last);
  outbox.drop_unsent();
  auto exchange = std::exchange(exchange_, std::nullopt);
  exchange->respond(response_);
}

}  // namespace tayori::session
