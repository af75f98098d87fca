#include "hub/log_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using broker::Record;
using broker::Topic;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kEpoch = "e1";
constexpr std::size_t kMemberships = 2;
constexpr std::size_t kRevocations = 1;
constexpr std::size_t kKeys = 2;

ClientId client(std::string_view name) { return *ClientId::parse(name); }
GroupName group(std::string_view name) { return *GroupName::parse(name); }

class LogReaderTest : public testing::Test {
 protected:
  LogReaderTest() {
    tail_.add_loop(inbox_);
    reader_.on_ended([this](const ClientId& client_id, const Control::End& end) {
      const access::TokenClaims token{client_id, clock_.wall(), clock_.wall() + 1h, "id"};
      ended_.push_back(client_id.text() + " " + end.why +
                       (revocations_.is_revoked(token) ? " (revoked)" : ""));
    });
  }

  /// Reads it as the newest record; what it came to.
  const LogReader::Taken& read(Record record) {
    reader_.on_record(head_ = head_.next(), std::move(record));
    EXPECT_EQ(tail_.head(), head_) << "whatever it is, it takes a number";
    return reader_.newest();
  }
  const LogReader::Taken& read(std::string_view about, Control::Act act) {
    return read(record_of({client(about), std::move(act)}));
  }
  const LogReader::Taken& send(std::string_view to, std::string body, std::string key = {}) {
    return read({Record::Kind::message, Topic::of(client(to)), std::move(body), std::move(key)});
  }
  const LogReader::Taken& end(std::string_view about, bool revokes) {
    return read(about, Control::End{clock_.wall(), revokes, "Bye."});
  }
  /// A session of `name` opens and stands at the head.
  void open(std::string_view name) {
    const TopicRefs topics{std::make_shared<const Topic>(Topic::of(client(name))),
                           std::make_shared<const Topic>(Topic::everyone())};
    TopicRefs joined;
    static_cast<void>(tail_.read_or_join(0, topics, head_, joined));
  }
  /// Texts that were handed to sessions since the last call; "groups" for the news of a change of those.
  std::vector<std::string> handed_out() {
    std::vector<Parcel> parcels;
    EXPECT_EQ(inbox_.take(parcels), Inbox::Taken::all);
    std::vector<std::string> all;
    for (const Parcel& parcel : parcels)
      all.emplace_back(parcel.envelope == kGroupsChanged ? "groups" : parcel.envelope->data());
    return all;
  }

  base::ManualClock clock_;
  Sequence head_;
  Inbox inbox_{[] {}};
  Tail tail_{{.age = 600s}, clock_, kMemberships};
  Roster roster_{kEpoch, 100, clock_};
  Revocations revocations_{kEpoch, kRevocations};
  Endings endings_;
  LogReader reader_{tail_, roster_, revocations_, endings_, {.age = 600s, .keys = kKeys}, clock_};
  std::vector<std::string> ended_;
};

/// NUMBER COUNT, and what else there is to say.
std::string text(const LogReader::Taken& taken) {
  return std::to_string(taken.number.value) + " " + std::to_string(taken.count) +
         (taken.is_repeated ? " repeated" : "") +
         (taken.refused ? " " + std::string(facts(taken.refused->code).name) : "");
}

TEST_F(LogReaderTest, hands_a_message_out_and_counts_the_sessions) {
  EXPECT_EQ(text(send("ann", "one")), "1 0");
  open("ann");
  open("ann");
  EXPECT_EQ(text(send("ann", "two")), "2 2");
  EXPECT_EQ(text(send("bob", "three")), "3 0");
  EXPECT_EQ(text(read({Record::Kind::message, Topic::everyone(), "four"})), "4 2");
  EXPECT_THAT(handed_out(), ElementsAre("two", "four"));
}

TEST_F(LogReaderTest, takes_a_message_for_no_control_record_whatever_it_says) {
  open("ann");
  EXPECT_EQ(text(send("ann", "join\nroom")), "1 1");
  EXPECT_THAT(handed_out(), ElementsAre("join\nroom"));
  EXPECT_EQ(tail_.held().memberships, 0U);
}

TEST_F(LogReaderTest, passes_a_repeated_message_over_and_answers_as_the_first_time) {
  open("ann");
  EXPECT_EQ(text(send("ann", "one", "k")), "1 1");
  open("ann");
  EXPECT_EQ(text(send("ann", "two")), "2 2");
  EXPECT_EQ(text(send("ann", "one", "k")), "1 1 repeated");
  EXPECT_EQ(text(send("ann", "one", "k")), "1 1 repeated");
  EXPECT_THAT(handed_out(), ElementsAre("one", "two"));
  EXPECT_EQ(tail_.held().messages, 2U) << "and it is not held twice";
  EXPECT_EQ(text(send("ann", "one", "l")), "5 2") << "by another key";
  EXPECT_EQ(text(send("ann", "one")), "6 2") << "by none";
}

TEST_F(LogReaderTest, refuses_another_message_by_the_same_key) {
  open("ann");
  send("ann", "one", "k");
  EXPECT_EQ(text(send("ann", "two", "k")), "2 0 idempotency_conflict");
  EXPECT_THAT(handed_out(), ElementsAre("one"));
  EXPECT_EQ(text(send("ann", "one", "k")), "1 1 repeated");
}

TEST_F(LogReaderTest, sends_again_by_a_key_whose_time_is_over) {
  send("ann", "one", "k");
  clock_.advance(600s);
  EXPECT_EQ(text(send("ann", "one", "k")), "1 0 repeated");
  clock_.advance(1s);
  EXPECT_EQ(text(send("ann", "one", "k")), "3 0");
  EXPECT_EQ(reader_.forgotten_keys(), 0U);
}

TEST_F(LogReaderTest, counts_the_keys_that_it_forgets_early) {
  for (const char* key : {"k", "l", "m"}) send("ann", "one", key);
  EXPECT_EQ(reader_.forgotten_keys(), 1U);
  EXPECT_EQ(text(send("ann", "one", "k")), "4 0");
}

TEST_F(LogReaderTest, counts_the_members_of_a_group_that_is_joined_and_left) {
  EXPECT_EQ(text(read("ann", Control::Join{group("a")})), "1 1");
  EXPECT_EQ(text(read("bob", Control::Join{group("a")})), "2 2");
  EXPECT_EQ(text(read("bob", Control::Join{group("a")})), "3 2") << "is in it already";
  EXPECT_EQ(text(read("ann", Control::Leave{group("a")})), "4 1");
  EXPECT_EQ(text(read("ann", Control::Leave{group("a")})), "5 1") << "is out of it already";
  EXPECT_EQ(text(read("bob", Control::Leave{group("a")})), "6 0");
}

TEST_F(LogReaderTest, lets_sessions_hear_a_group_from_joining_to_leaving) {
  open("ann");
  const Record to_group{Record::Kind::message, Topic::of(group("a")), "x"};
  EXPECT_EQ(text(read(to_group)), "1 0");
  read("ann", Control::Join{group("a")});
  EXPECT_EQ(text(read(to_group)), "3 1");
  read("ann", Control::Leave{group("a")});
  EXPECT_EQ(text(read(to_group)), "5 0");
  EXPECT_THAT(handed_out(), ElementsAre("groups", "x", "groups"));
}

TEST_F(LogReaderTest, refuses_a_membership_beyond_the_limit) {
  open("cid");
  read("ann", Control::Join{group("a")});
  read("bob", Control::Join{group("a")});
  EXPECT_EQ(text(read("cid", Control::Join{group("a")})), "3 0 overloaded");
  EXPECT_EQ(tail_.held().memberships, 2U);
  EXPECT_THAT(handed_out(), IsEmpty());
  EXPECT_EQ(text(read("ann", Control::Leave{group("a")})), "4 1") << "the refusal is of its record";
}

TEST_F(LogReaderTest, knows_who_comes_and_goes) {
  EXPECT_EQ(text(read("ann", Control::Come{clock_.wall()})), "1 0");
  EXPECT_TRUE(roster_.is_here(client("ann")));
  EXPECT_EQ(text(read("ann", Control::Go{clock_.wall(), PresenceEdge::Reason::lost})), "2 0");
  EXPECT_FALSE(roster_.is_here(client("ann")));
  const auto edges = roster_.events({kEpoch, {}}, 10);
  ASSERT_EQ(edges.events.size(), 2U);
  EXPECT_EQ(edges.events[1].reason, PresenceEdge::Reason::lost);
  EXPECT_EQ(edges.cursor.sequence, head_) << "by the numbers of the log";
}

TEST_F(LogReaderTest, ends_the_sessions_of_one_and_counts_them) {
  open("ann");
  open("ann");
  open("bob");
  EXPECT_EQ(text(end("ann", false)), "1 2");
  EXPECT_THAT(ended_, ElementsAre("ann Bye."));
  EXPECT_EQ(revocations_.held(), 0U);
  EXPECT_EQ(text(end("cid", false)), "2 0") << "nobody is here";
  EXPECT_THAT(ended_, ElementsAre("ann Bye.", "cid Bye."));
}

TEST_F(LogReaderTest, revokes_before_it_ends) {
  open("ann");
  EXPECT_EQ(text(end("ann", true)), "1 1");
  EXPECT_THAT(ended_, ElementsAre("ann Bye. (revoked)"));
  access::TokenClaims token{client("ann"), clock_.wall(), clock_.wall() + 1h, "id"};
  token.bookmark = Cursor{kEpoch, {0}};
  EXPECT_TRUE(revocations_.is_revoked(token));
  token.bookmark = Cursor{kEpoch, head_};
  EXPECT_FALSE(revocations_.is_revoked(token)) << "by the record's own number";
}

TEST_F(LogReaderTest, ends_nobody_whose_tokens_it_cannot_revoke) {
  open("bob");
  end("ann", true);
  EXPECT_EQ(text(end("bob", true)), "2 0 overloaded");
  EXPECT_THAT(ended_, ElementsAre("ann Bye. (revoked)"));
  EXPECT_TRUE(endings_.of("ann", {}));
  EXPECT_FALSE(endings_.of("bob", {})) << "what is refused ends nobody, now or later";
  EXPECT_EQ(revocations_.held(), 1U);
  EXPECT_EQ(text(end("bob", false)), "3 1") << "without that there is no limit";
  EXPECT_EQ(text(end("ann", true)), "4 0") << "nor for who is revoked already";
}

TEST_F(LogReaderTest, ends_also_when_nobody_is_to_be_told) {
  LogReader reader(tail_, roster_, revocations_, endings_, {}, clock_);
  open("ann");
  reader.on_record({1}, record_of({client("ann"), Control::End{clock_.wall(), true, ""}}));
  EXPECT_EQ(text(reader.newest()), "1 1");
  EXPECT_EQ(revocations_.held(), 1U);
}

TEST_F(LogReaderTest, passes_over_what_it_does_not_know) {
  open("ann");
  for (const char* body : {"", "jump\nroom", "join\n", "go\n5\nbored"}) {
    const LogReader::Taken taken = read({Record::Kind::control, Topic::of(client("ann")), body});
    EXPECT_EQ(text(taken), std::to_string(head_.value) + " 0") << body;
  }
  EXPECT_THAT(handed_out(), IsEmpty());
  EXPECT_THAT(ended_, IsEmpty());
  EXPECT_EQ(roster_.present(), 0U);
}

}  // namespace
}  // namespace tayori::hub
