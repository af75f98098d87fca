// PageModel: a page that does what the protocol asks of it, and notices what it should not be told.
//
// It keeps the cursor as spec/protocol.md 2.2 says and comes back with it. Against the list of all
// that was published it checks every frame; holes() then finds messages that the page should have
// got and was told nothing about. It knows when its tokens run out, and so whether an end came too
// early.
//
// Threads: one at a time.
// Source:  spec/protocol.md 2
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {

struct Published {
  broker::Topic topic;
  std::string data;
};
/// All that was published, by its number; numbers between are records that no page is told of.
using AllPublished = std::map<Sequence, Published>;

/// The parts of the log in which client ids hear groups that they have joined: behind the first number, up to and including the
/// second.
class JoinedGroups {
 public:
  [[nodiscard]] bool is_in(const std::string& client, const std::string& group) const {
    const auto* stays = find(client, group);
    return stays != nullptr && !stays->back().second;
  }
  void join(const std::string& client, const std::string& group, Sequence number) {
    if (!is_in(client, group)) stays_[{client, group}].push_back({number, std::nullopt});
  }
  void leave(const std::string& client, const std::string& group, Sequence number) {
    if (is_in(client, group)) stays_[{client, group}].back().second = number;
  }
  [[nodiscard]] bool hears(const std::string& client, const std::string& group,
                           Sequence number) const {
    const auto* stays = find(client, group);
    return stays != nullptr && std::any_of(stays->begin(), stays->end(), [&](const Stay& stay) {
             return number > stay.first && (!stay.second || number < *stay.second);
           });
  }
  /// Whether `client` has left a group at a number behind `from`: what was lost of that stay is told as far as it is known.
  [[nodiscard]] bool has_left_since(const std::string& client, Sequence from) const {
    return std::any_of(stays_.begin(), stays_.end(), [&](const auto& entry) {
      return entry.first.first == client &&
             std::any_of(entry.second.begin(), entry.second.end(),
                         [&](const Stay& stay) { return stay.second && *stay.second > from; });
    });
  }

 private:
  using Stay = std::pair<Sequence, std::optional<Sequence>>;

  [[nodiscard]] const std::vector<Stay>* find(const std::string& client,
                                              const std::string& group) const {
    const auto entry = stays_.find({client, group});
    return entry == stays_.end() ? nullptr : &entry->second;
  }

  std::map<std::pair<std::string, std::string>, std::vector<Stay>> stays_;
};

/// A token as its backend remembers it.
struct MadeToken {
  std::string text;
  Sequence bookmark;
  std::chrono::system_clock::time_point expires_at;
};

class PageModel {
 public:
  PageModel(const AllPublished& log, const JoinedGroups& joined, const base::Clock& clock,
            std::string client, std::vector<std::string> groups)
      : log_(log),
        joined_(joined),
        clock_(clock),
        client_(std::move(client)),
        groups_(std::move(groups)) {}

  [[nodiscard]] const std::string& client() const { return client_; }
  [[nodiscard]] const std::vector<std::string>& groups() const { return groups_; }
  [[nodiscard]] bool is_connected() const { return browser_ != nullptr; }
  [[nodiscard]] bool is_open() const { return browser_ != nullptr && is_open_; }

  /// Opens, or comes back with its cursor.
  void connect(LoopHub& home, Browser::Pipe pipe, const MadeToken& token) {
    browser_ = std::make_unique<Browser>(home, pipe);
    is_open_ = false;
    owes_gap_ = false;
    named_ = cursor_.value_or(token.bookmark);
    shown_.clear();
    show(token);
    if (cursor_) ++resumed_;
    const auto untold = holes();
    untold_after_ = untold.empty() ? std::nullopt : std::optional(Sequence{untold.front() - 1});
    browser_->open(token.text, cursor_ ? Cursor{"e1", *cursor_}.text() : "");
  }
  void renew(const MadeToken& token) {
    show(token);
    browser_->open(token.text);
  }
  /// Is loaded anew: forgets its cursor, so that the next token's bookmark counts. Not while a gap may still
  /// explain what it has not seen; what nothing explains stays for the last look.
  void reload() {
    if (owes_gap() || !holes().empty()) return;
    hang_up();
    seen_before_ += seen_.size();
    gaps_before_ += gaps_.size();
    seen_.clear();
    gaps_.clear();
    cursor_.reset();
  }
  void say(std::string_view text) { browser_->say(text); }
  void hang_up() { browser_.reset(); }

  /// Reads about `bytes` of what has come.
  void read(std::size_t bytes = SIZE_MAX) {
    if (!browser_) return;
    browser_->end().read(bytes);
    for (const session::BrowserFrame& frame : browser_->end().read_frames()) take(frame);
    if (browser_->end().end() != Browser::End::none) hang_up();
  }

  /// Messages at or before the cursor that were neither seen nor covered by a gap.
  [[nodiscard]] std::vector<std::uint64_t> holes() const {
    std::vector<std::uint64_t> found;
    if (!cursor_) return found;
    for (Sequence number = start_.next(); number <= *cursor_; number = number.next()) {
      if (is_missing(number) && !is_covered(number)) found.push_back(number.value);
    }
    return found;
  }
  /// Gaps that covered nothing: all between `from` and `to` was seen, or was not for this page. Where a stay in a group has
  /// ended, it is not known whether what was lost lay in it, so that those are not counted.
  [[nodiscard]] std::size_t idle_gaps() const { return idle_gaps_; }
  [[nodiscard]] std::size_t gaps() const { return gaps_before_ + gaps_.size(); }
  [[nodiscard]] std::size_t seen() const { return seen_before_ + seen_.size(); }
  /// Messages of groups that its token does not name.
  [[nodiscard]] std::size_t heard_by_joining() const { return heard_by_joining_; }
  [[nodiscard]] std::size_t resumed() const { return resumed_; }
  [[nodiscard]] std::size_t renewed() const { return renewed_; }
  /// How often it opened by a bookmark that others had been sent behind.
  [[nodiscard]] std::size_t opened_late() const { return opened_late_; }
  /// Whether a gap is due that has not come: one that was announced by `recovered: false`, or one
  /// that the last connection had still to tell when it broke.
  [[nodiscard]] bool owes_gap() const { return owes_gap_ || untold_after_; }
  [[nodiscard]] Sequence cursor() const { return cursor_.value_or(Sequence{}); }
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }

 private:
  struct Shown {
    std::chrono::system_clock::time_point expires_at;
    std::chrono::system_clock::time_point since;
  };
  struct Gap {
    Sequence from;
    Sequence to;
  };

  void show(const MadeToken& token) { shown_.push_back({token.expires_at, clock_.wall()}); }

  [[nodiscard]] bool hears(const broker::Topic& topic, Sequence number) const {
    using Kind = broker::Topic::Kind;
    if (topic.kind == Kind::client) return topic.name == client_;
    return topic.kind == Kind::everyone ||
           std::find(groups_.begin(), groups_.end(), topic.name) != groups_.end() ||
           joined_.hears(client_, topic.name, number);
  }
  [[nodiscard]] bool is_missing(Sequence number) const {
    const auto entry = log_.find(number);
    return entry != log_.end() && hears(entry->second.topic, number) &&
           !seen_.contains(number.value);
  }
  [[nodiscard]] bool is_covered(Sequence number) const {
    return std::any_of(gaps_.begin(), gaps_.end(),
                       [&](const Gap& gap) { return number > gap.from && number <= gap.to; });
  }

  void take(const session::BrowserFrame& frame) {
    if (frame.opcode != net::Opcode::text) return;
    switch (frame.data.at(0)) {
      case 'o': return take_opened(told_value(frame.data));
      case 'm': return take_message(frame.data);
      case 'g': return take_gap(told_value(frame.data));
      case 'e': return take_error(std::string(told_value(frame.data).at("name").as_string()));
      default: EXPECT_EQ(frame.data, "h");
    }
  }

  void take_opened(const boost::json::value& opened) {
    const Sequence place = Cursor::parse(opened.at("cursor").as_string())->sequence;
    take_expiry(std::chrono::seconds(opened.at("expires_in_s").as_int64()));
    if (is_open_) ++renewed_;
    if (!is_open_) {
      EXPECT_EQ(place.value, named_.value) << "it stands where the page said";
      owes_gap_ = !opened.at("recovered").as_bool();
      is_open_ = true;
      if (!cursor_) {
        start_ = place;
        if (log_.upper_bound(place) != log_.end()) ++opened_late_;
      }
    }
    cursor_ = std::max(cursor(), place);
  }

  /// The one before it was in force until now: what is told belongs to the oldest that was shown since.
  void take_expiry(std::chrono::seconds left) {
    ASSERT_FALSE(shown_.empty()) << "nobody asked";
    if (is_open_) shown_.pop_front();
    ASSERT_FALSE(shown_.empty()) << "nobody asked";
    const Shown& token = shown_.front();
    // It was read between being shown and now.
    const auto whole = [&](auto since) {
      return std::chrono::ceil<std::chrono::seconds>(token.expires_at - since);
    };
    EXPECT_GE(left, whole(clock_.wall()));
    EXPECT_LE(left, whole(token.since));
    EXPECT_GT(left.count(), 0) << "it had run out";
  }

  void take_error(const std::string& name) {
    errors_.push_back(name);
    if (name != "token_timed_out") return;
    EXPECT_TRUE(std::any_of(shown_.begin(), shown_.end(), [&](const Shown& token) {
      return clock_.wall() >= token.expires_at;
    })) << "none of its tokens has run out yet";
  }

  void take_message(const std::string& text) {
    ASSERT_TRUE(is_open_);
    const std::size_t line = text.find('\n');
    const Sequence number = Cursor::parse("e1-" + text.substr(1, line - 1))->sequence;
    ASSERT_GT(number.value, cursor().value) << "ascending, and nothing twice";
    const auto entry = log_.find(number);
    ASSERT_NE(entry, log_.end()) << "no message has this number";
    EXPECT_TRUE(hears(entry->second.topic, number)) << "another's message";
    if (entry->second.topic.kind == broker::Topic::Kind::group &&
        std::find(groups_.begin(), groups_.end(), entry->second.topic.name) == groups_.end())
      ++heard_by_joining_;
    EXPECT_EQ(text.substr(line + 1), entry->second.data);
    seen_.insert(number.value);
    cursor_ = number;
  }

  void take_gap(const boost::json::value& gap) {
    ASSERT_TRUE(is_open_);
    const Sequence from = Cursor::parse(gap.at("from").as_string())->sequence;
    const Sequence to = Cursor::parse(gap.at("to").as_string())->sequence;
    EXPECT_LE(from.value, cursor().value) << "the gap does not reach back to what was seen";
    ASSERT_GT(to.value, cursor().value) << "the order has passed the gap";
    bool has_lost = false;
    for (Sequence number = from.next(); number <= to; number = number.next()) {
      has_lost = has_lost || is_missing(number);
    }
    if (!has_lost && !joined_.has_left_since(client_, from)) ++idle_gaps_;
    // A gap stands where the order passes it: what the page got before, from topics that lost
    // nothing, may have taken its cursor past the first of what is lost. When the connection breaks
    // right there, the next one tells of a gap too, but only from the cursor.
    gaps_.push_back({untold_after_.value_or(from), to});
    untold_after_.reset();
    owes_gap_ = false;
    cursor_ = to;
  }

  const AllPublished& log_;
  const JoinedGroups& joined_;
  const base::Clock& clock_;
  const std::string client_;
  const std::vector<std::string> groups_;
  std::unique_ptr<Browser> browser_;
  bool is_open_ = false;
  bool owes_gap_ = false;
  Sequence named_;
  std::optional<Sequence> untold_after_;
  Sequence start_;
  std::optional<Sequence> cursor_;
  std::set<std::uint64_t> seen_;
  std::vector<Gap> gaps_;
  std::size_t idle_gaps_ = 0;
  std::size_t heard_by_joining_ = 0;
  std::vector<std::string> errors_;
  /// The tokens of this connection: the one in force once it is open, and those shown since.
  std::deque<Shown> shown_;
  std::size_t seen_before_ = 0;
  std::size_t gaps_before_ = 0;
  std::size_t resumed_ = 0;
  std::size_t renewed_ = 0;
  std::size_t opened_late_ = 0;
};

}  // namespace tayori::hub
