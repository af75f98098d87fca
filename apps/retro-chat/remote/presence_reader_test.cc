#include "remote/presence_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

namespace retrochat {
namespace {

using tayori::Cursor;
using tayori::PresenceEdge;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = PresenceEdge::Kind;
using Reason = PresenceEdge::Reason;

tayori::ClientId id(const std::string& text) { return *tayori::ClientId::parse(text); }
Cursor at(const std::string& text) { return *Cursor::parse(text); }

tayori::PresentClients here(const std::vector<std::string>& names, const std::string& cursor,
                            std::optional<std::string> next = {}) {
  tayori::PresentClients page{{}, std::move(next), at(cursor)};
  for (const std::string& name : names) page.clients.push_back({id(name), 1, {}});
  return page;
}
PresenceEdge comes(const std::string& who) {
  return {.kind = Kind::connected, .client_id = id(who)};
}
PresenceEdge goes(const std::string& who, Reason reason = Reason::closed) {
  return {.kind = Kind::disconnected, .client_id = id(who), .reason = reason};
}

tayori::PresenceEvents edges(std::vector<PresenceEdge> events, const std::string& cursor,
                             bool more = false) {
  return {std::move(events), at(cursor), more, std::nullopt};
}

class PresenceReaderTest : public ::testing::Test {
 protected:
  using Listing = tayori::Result<tayori::PresentClients>;
  using Events = tayori::Result<tayori::PresenceEvents>;

  /// What one round tells, and what it asks.
  std::vector<std::string> round(std::deque<Listing> listings, std::deque<Events> events) {
    listings_ = std::move(listings);
    events_ = std::move(events);
    told_.clear();
    asked.clear();
    reader_.read();
    EXPECT_THAT(listings_, IsEmpty());
    EXPECT_THAT(events_, IsEmpty());
    return told_;
  }

  std::vector<std::string> asked;

 private:
  template <typename T>
  static T taken(std::deque<T>& script) {
    T first = script.front();
    script.pop_front();
    return first;
  }
  static std::string written(const PresenceEdge& edge) {
    if (edge.kind == Kind::connected) return "+" + edge.client_id.text();
    return "-" + edge.client_id.text() + " " + std::string(word(edge.reason));
  }

  std::deque<Listing> listings_;
  std::deque<Events> events_;
  std::vector<std::string> told_;
  PresenceReader reader_{{[this](const std::optional<std::string>& after) {
                            asked.push_back("who after " + after.value_or("-"));
                            return taken(listings_);
                          },
                          [this](const Cursor& since) {
                            asked.push_back("since " + since.text());
                            return taken(events_);
                          }},
                         {[this](const PresenceEdge& edge) { told_.push_back(written(edge)); },
                          [this] { told_.emplace_back("new log"); }}};
};

TEST_F(PresenceReaderTest, lists_at_first_page_by_page_and_goes_on_from_the_first_page) {
  EXPECT_THAT(round({here({"a/1/ann"}, "e-5", "a/1/ann"), here({"a/1/bob"}, "e-7")}, {}),
              ElementsAre("+a/1/ann", "+a/1/bob"));
  EXPECT_THAT(asked, ElementsAre("who after -", "who after a/1/ann"));
  EXPECT_THAT(round({}, {edges({comes("a/1/bob")}, "e-7")}), ElementsAre("+a/1/bob"));
  EXPECT_THAT(asked, ElementsAre("since e-5"));
}

TEST_F(PresenceReaderTest, tells_edges_in_order_until_there_are_no_more) {
  (void)round({here({}, "e-0")}, {});
  EXPECT_THAT(round({}, {edges({comes("a/1/ann"), goes("a/1/ann")}, "e-2", true),
                         edges({comes("a/1/bob")}, "e-3")}),
              ElementsAre("+a/1/ann", "-a/1/ann closed", "+a/1/bob"));
  EXPECT_THAT(asked, ElementsAre("since e-0", "since e-2"));
}

TEST_F(PresenceReaderTest, passes_over_who_is_not_of_this_chat) {
  EXPECT_THAT(round({here({"somebody", "a/1/ann", "a/x/ann"}, "e-0")}, {}),
              ElementsAre("+a/1/ann"));
  EXPECT_THAT(round({}, {edges({comes("else"), goes("somebody")}, "e-2")}), IsEmpty());
}

TEST_F(PresenceReaderTest, goes_on_from_the_same_place_when_it_got_no_answer) {
  EXPECT_THAT(round({tayori::Error::unanswered("away")}, {}), IsEmpty());
  (void)round({here({}, "e-1")}, {});
  EXPECT_THAT(round({}, {tayori::Error::unanswered("away")}), IsEmpty());
  EXPECT_THAT(round({}, {edges({comes("a/1/ann")}, "e-2")}), ElementsAre("+a/1/ann"));
  EXPECT_THAT(asked, ElementsAre("since e-1"));
}

TEST_F(PresenceReaderTest, makes_edges_of_what_it_finds_changed_behind_a_gap) {
  (void)round({here({"a/1/ann", "a/1/bob"}, "e-1")}, {});
  const tayori::PresenceEvents gap{{}, at("e-9"), false, tayori::Gap{at("e-1"), at("e-8")}};
  EXPECT_THAT(round({here({"a/1/bob", "a/1/eve"}, "e-9")}, {gap}),
              ElementsAre("-a/1/ann lost", "+a/1/eve"));
}

TEST_F(PresenceReaderTest, tells_that_a_tayori_was_started_again) {
  (void)round({here({"a/1/ann", "a/1/bob"}, "e-1")}, {});
  const tayori::PresenceEvents gap{{}, at("f-1"), false, tayori::Gap{at("e-1"), at("f-1")}};
  EXPECT_THAT(round({here({"a/1/bob"}, "f-1")}, {gap}),
              ElementsAre("-a/1/ann shutdown", "new log"));
  EXPECT_THAT(round({}, {edges({comes("a/1/bob"), comes("a/1/ann")}, "f-2")}),
              ElementsAre("+a/1/bob", "+a/1/ann"));
  EXPECT_THAT(asked, ElementsAre("since f-0"));
}

TEST_F(PresenceReaderTest, tells_who_came_and_went_before_the_new_log_was_found) {
  (void)round({here({"a/1/ann"}, "e-1")}, {});
  const tayori::PresenceEvents gap{{}, at("f-4"), false, tayori::Gap{at("e-1"), at("f-4")}};
  (void)round({here({"a/1/ann"}, "f-4")}, {gap});
  EXPECT_THAT(round({}, {edges({comes("a/1/ann"), comes("a/1/eve"), goes("a/1/eve")}, "f-4")}),
              ElementsAre("+a/1/ann", "+a/1/eve", "-a/1/eve closed"));
}

TEST_F(PresenceReaderTest, lists_once_more_when_the_new_log_reaches_back_no_further) {
  (void)round({here({}, "e-1")}, {});
  const tayori::PresenceEvents gap{{}, at("f-9"), false, tayori::Gap{at("e-1"), at("f-9")}};
  (void)round({here({}, "f-9")}, {gap});
  const tayori::PresenceEvents trimmed{{}, at("f-9"), false, tayori::Gap{at("f-0"), at("f-5")}};
  EXPECT_THAT(round({here({"a/1/ann"}, "f-9")}, {trimmed}), ElementsAre("+a/1/ann"));
  EXPECT_THAT(round({}, {edges({}, "f-9")}), IsEmpty());
  EXPECT_THAT(asked, ElementsAre("since f-9"));
}

TEST_F(PresenceReaderTest, takes_a_cursor_that_is_refused_for_one_of_another_log) {
  (void)round({here({"a/1/ann"}, "e-1")}, {});
  EXPECT_THAT(round({here({}, "f-0")}, {tayori::Error::of(tayori::ErrorCode::invalid_cursor)}),
              ElementsAre("-a/1/ann shutdown", "new log"));
}

TEST_F(PresenceReaderTest, lists_again_in_the_next_round_when_the_listing_broke_off) {
  (void)round({here({"a/1/ann"}, "e-1")}, {});
  const tayori::PresenceEvents gap{{}, at("f-0"), false, tayori::Gap{at("e-1"), at("f-0")}};
  EXPECT_THAT(round({here({}, "f-0", "x"), tayori::Error::unanswered("away")}, {gap}), IsEmpty());
  EXPECT_THAT(round({here({}, "f-0")}, {gap}), ElementsAre("-a/1/ann shutdown", "new log"));
}

}  // namespace
}  // namespace retrochat
