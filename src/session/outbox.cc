#include "session/outbox.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace tayori::session {

Outbox::Push Outbox::push(const EnvelopeRef& message) {
  const std::size_t size = message->bytes().size();
  if (bytes_ + size > limit_ && has_messages()) return Push::refused;
  queue_.push_back(message);
  bytes_ += size;
  return Push::accepted;
}

bool Outbox::has_messages() const {
  return std::any_of(queue_.begin() + static_cast<std::ptrdiff_t>(begin_), queue_.end(),
                     [](const EnvelopeRef& each) { return each->sequence() != Sequence{}; });
}

void Outbox::push_frame(EnvelopeRef frame) {
  bytes_ += frame->bytes().size();
  queue_.push_back(std::move(frame));
}

std::size_t Outbox::gather(std::span<iovec> parts) const {
  std::size_t filled = 0;
  std::size_t skip = offset_;
  for (std::size_t i = begin_; i < queue_.size() && filled < parts.size(); ++i) {
    const std::string& frame = queue_[i]->bytes();
    // writev(2) takes non-const memory and does not write to it.
    char* bytes = const_cast<char*>(frame.data()) + skip;  // NOLINT(*-const-cast)
    parts[filled++] = {bytes, frame.size() - skip};
    skip = 0;
  }
  return filled;
}

void Outbox::consume(std::size_t count) {
  CHECK(count <= bytes_, "no more is sent than was shown");
  bytes_ -= count;
  count += offset_;
  while (!empty() && count >= queue_[begin_]->bytes().size()) {
    count -= queue_[begin_]->bytes().size();
    queue_[begin_++].reset();
  }
  offset_ = count;
  if (!empty()) return forget_sent();
  begin_ = 0;
  queue_.clear();
  if (queue_.capacity() > kKeptCapacity) queue_.shrink_to_fit();
}

void Outbox::forget_sent() {
  // Not frame by frame, and yet in time: a page that is never quite up to date would otherwise keep a place for
  // every frame it ever got.
  if (begin_ < kKeptCapacity || begin_ < queue_.size() / 2) return;
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(begin_));
  begin_ = 0;
}

std::string Outbox::take_half_sent() {
  if (offset_ == 0) return {};
  std::string rest = queue_[begin_]->bytes().substr(offset_);
  consume(rest.size());
  return rest;
}

void Outbox::drop_unsent() {
  const std::size_t kept = offset_ > 0 ? 1 : 0;
  for (std::size_t i = begin_ + kept; i < queue_.size(); ++i) bytes_ -= queue_[i]->bytes().size();
  queue_.resize(begin_ + kept);
}

}  // namespace tayori::session
