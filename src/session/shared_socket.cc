#include "session/shared_socket.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/base36.h"
#include "session/channel_transport.h"
#include "session/gather.h"

namespace tayori::session {
namespace {

constexpr std::uint64_t kNumberMax = 0x7fff'ffff;

void append_text_frame(std::string& out, std::string_view text) {
  net::append_frame_header(out, net::Opcode::text, text.size());
  out += text;
}

}  // namespace

SharedSocket::SharedSocket(std::shared_ptr<net::WebSocketConnection> connection,
                           SharedSocketEvents& events)
    : connection_(std::move(connection)), events_(events) {}

SharedSocket::~SharedSocket() {
  if (!connection_) return;
  connection_->detach();
  connection_->abort();
}

void SharedSocket::start(std::string early) { connection_->start(*this, std::move(early)); }

void SharedSocket::add(ChannelTransport& channel) { channels_.emplace(channel.number_, &channel); }

ChannelTransport* SharedSocket::find(std::uint32_t number) const {
  const auto entry = channels_.find(number);
  return entry == channels_.end() ? nullptr : entry->second;
}

void SharedSocket::select(std::uint32_t number) {
  if (std::exchange(out_, number) == number) return;
  std::string text = "k";
  base::append_base36(text, number);
  append_text_frame(own_, text);
}

void SharedSocket::flush(const ChannelTransport& channel, Outbox& outbox) {
  while (connection_ && !is_blocked_ && !outbox.empty()) {
    select(channel.number_);
    const Written written = write_some(own_, outbox, *connection_);
    own_ += outbox.take_half_sent();
    if (written.bytes > 0) ++sent_;
    is_blocked_ = written.is_blocked;
  }
}

void SharedSocket::write_own() {
  if (!connection_ || is_blocked_ || own_.empty()) return;
  const iovec bytes{own_.data(), own_.size()};
  const std::size_t taken = connection_->write({&bytes, 1});
  own_.erase(0, taken);
  if (taken > 0) ++sent_;
  is_blocked_ = !own_.empty();
}

void SharedSocket::remove(const ChannelTransport& channel, Outbox& outbox,
                          std::string_view last_words, std::uint16_t close_code) {
  if (!connection_) return;
  flush(channel, outbox);
  if (!last_words.empty()) {
    select(channel.number_);
    append_text_frame(own_, last_words);
  }
  channels_.erase(channel.number_);
  if (channels_.empty()) return close(close_code);
  write_own();
}

void SharedSocket::forget(const ChannelTransport& channel) { channels_.erase(channel.number_); }

void SharedSocket::end(ErrorCode code) {
  if (!connection_) return;
  append_text_frame(own_, error_frame(code));
  close(static_cast<std::uint16_t>(facts(code).close_code));
}

void SharedSocket::close(std::uint16_t code) {
  own_ += net::close_frame(code);
  write_own();
  connection_->detach();
  connection_->close(std::move(own_));
  connection_.reset();
  end_all(Departure::lost);
}

void SharedSocket::on_text(std::string_view text) {
  if (text.starts_with('k')) {
    const auto number = base::parse_base36(text.substr(1));
    if (!number || *number > kNumberMax) return end(ErrorCode::protocol_error);
    in_ = static_cast<std::uint32_t>(*number);
    return;
  }
  ChannelTransport* channel = find(in_);
  if (channel == nullptr) {
    // The page may not have heard yet that the channel has ended.
    if (in_ < next_in_) return;
    if (!text.starts_with('t') || !open_selected()) return end(ErrorCode::protocol_error);
    channel = find(in_);
    if (channel == nullptr) return;
  }
  auto frame = parse_page_frame(text);
  if (!frame) return channel->events_.on_refused(frame.error());
  channel->events_.on_frame(std::move(*frame));
}

bool SharedSocket::open_selected() {
  if (channels_.size() >= kChannelsMax) return false;
  next_in_ = in_ + 1;
  events_.on_channel(*this, in_);
  return true;
}

void SharedSocket::on_ping(std::string_view data) {
  // RFC 6455 section 5.5.3: of several pings it is enough to answer the newest.
  if (is_blocked_) {
    ping_ = std::string(data);
    return;
  }
  own_ += net::pong_frame(data);
  write_own();
}

void SharedSocket::on_writable() {
  is_blocked_ = false;
  write_own();
  if (!is_blocked_ && ping_) on_ping(*std::exchange(ping_, std::nullopt));
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, channel] : channels_) numbers.push_back(number);
  // Whoever was served last comes last, so that one with much to say does not silence the others.
  std::ranges::rotate(numbers, std::ranges::upper_bound(numbers, out_));
  for (const std::uint32_t number : numbers) {
    // One may have ended through another.
    if (ChannelTransport* channel = find(number)) channel->events_.on_room();
  }
}

void SharedSocket::on_end(const net::WebSocketEnd& end) {
  if (end.by_violation) return this->end(violation_of(end.code));
  connection_.reset();
  const bool is_orderly = end.code == 1000 || end.code == 1001;
  end_all(is_orderly ? Departure::closed : Departure::lost);
}

void SharedSocket::end_all(Departure departure) {
  for (const auto& [number, channel] : std::exchange(channels_, {})) {
    channel->socket_ = nullptr;
    channel->events_.on_departed(departure);
  }
  events_.on_end(*this);
}

}  // namespace tayori::session
