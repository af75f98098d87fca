#include "hub/control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "broker/seeds.h"
#include "tayori/limits.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using broker::Record;
using broker::Topic;
using Reason = PresenceEdge::Reason;

constexpr Control::WallTime kNoon{std::chrono::microseconds(1'764'000'000'123'456)};

ClientId ann() { return *ClientId::parse("ann"); }
GroupName group(std::string_view name) { return *GroupName::parse(name); }

Record record(std::string body) {
  return {Record::Kind::control, Topic::of(ann()), std::move(body)};
}
std::string written(Control::Act act) { return record_of({ann(), std::move(act)}).body; }

template <typename Act>
Act read_again(Act act) {
  const auto control = control_of(record_of({ann(), std::move(act)}));
  EXPECT_TRUE(control.has_value());
  EXPECT_EQ(control->client_id, ann());
  return std::get<Act>(control->act);
}

/// A name of up to `bytes` bytes, of characters that a word's or a line's reader may stumble over.
std::string any_name(base::Random& random, std::size_t bytes) {
  constexpr std::array<std::string_view, 16> kCharacters{
      " ", "a",  "join", "\\", "\"",     "-",      "0",      ",",
      "ä", "部", "屋",   "🚪",  "\u2028", "\u00A0", "\uFEFF", "~"};
  std::string name;
  for (std::size_t wanted = 1 + random.below(bytes); name.size() < wanted;)
    name += kCharacters.at(random.below(kCharacters.size()));
  while (name.size() > bytes || !ClientId::parse(name)) name.pop_back();
  return name;
}

TEST(Control, is_a_control_record_of_the_client_it_is_about) {
  const Record made = record_of({ann(), Control::Join{group("room")}});
  EXPECT_EQ(made, (Record{Record::Kind::control, Topic::of(ann()), "join\nroom", ""}));
}

TEST(Control, stands_in_the_log_as_other_versions_read_it) {
  EXPECT_EQ(written(Control::Join{group("room")}), "join\nroom");
  EXPECT_EQ(written(Control::Leave{group("room")}), "leave\nroom");
  EXPECT_EQ(written(Control::Come{kNoon}), "come\n1764000000123456");
  EXPECT_EQ(written(Control::Go{kNoon, Reason::lost}), "go\n1764000000123456\nlost");
  EXPECT_EQ(written(Control::End{kNoon, true, "Bye."}), "end\n1764000000123456\nrevoke\nBye.");
  EXPECT_EQ(written(Control::End{kNoon, false, ""}), "end\n1764000000123456\nkeep\n");
}

TEST(Control, says_there_and_back_who_comes_and_goes) {
  EXPECT_EQ(read_again(Control::Come{kNoon}).at, kNoon);
  for (std::size_t i = 1; i < kPresenceReasonWords.size(); ++i) {
    const auto read = read_again(Control::Go{kNoon, static_cast<Reason>(i)});
    EXPECT_EQ(read.at, kNoon);
    EXPECT_EQ(read.reason, static_cast<Reason>(i));
  }
}

TEST(Control, says_there_and_back_who_is_ended_and_why) {
  for (const bool revokes : {false, true}) {
    for (const char* why : {"", "Bye.", " two\nlines \n", "\n", "keep\nrevoke", "部屋"}) {
      const auto read = read_again(Control::End{kNoon, revokes, why});
      EXPECT_EQ(read.at, kNoon);
      EXPECT_EQ(read.revokes, revokes);
      EXPECT_EQ(read.why, why);
    }
  }
}

TEST(Control, dates_to_the_microsecond_at_or_before) {
  EXPECT_EQ(read_again(Control::Come{kNoon + 999ns}).at, kNoon);
  const Control::WallTime epoch;
  EXPECT_EQ(read_again(Control::Come{epoch - 1ns}).at, epoch - 1us);
  EXPECT_EQ(read_again(Control::Come{epoch}).at, epoch);
}

TEST(Control, says_there_and_back_whatever_a_name_may_hold) {
  for (const std::uint64_t seed : broker::seeds(300)) {
    SCOPED_TRACE(broker::again_with(seed));
    auto random = base::Random::seeded(seed);
    const ClientId client = *ClientId::parse(any_name(random, limits::kClientIdBytes));
    const GroupName room = group(any_name(random, limits::kGroupNameBytes));
    const auto joined = control_of(record_of({client, Control::Join{room}}));
    const auto left = control_of(record_of({client, Control::Leave{room}}));
    ASSERT_TRUE(joined && left);
    EXPECT_EQ(joined->client_id, client);
    EXPECT_EQ(std::get<Control::Join>(joined->act).group, room);
    EXPECT_EQ(left->client_id, client);
    EXPECT_EQ(std::get<Control::Leave>(left->act).group, room);
  }
}

TEST(Control, gives_nothing_for_what_it_does_not_know) {
  for (const char* body : {"", "\n", "jump\nroom", "Join\nroom", "join room", "5", "come-back\n5",
                           "go\n5\nbored", "go\n5\nLost", "end\n5\nperhaps\nwhy"}) {
    EXPECT_FALSE(control_of(record(body))) << body;
  }
}

TEST(Control, gives_nothing_for_what_is_broken) {
  for (const char* body :
       {"join",      "join\n",         "join\na\nb", "join\na\x01", "join\n\xFF", "leave",
        "leave\n",   "leave\na\n",     "come",       "come\n",      "come\nx",    "come\n12x",
        "come\n1.5", "come\n+5",       "go",         "go\nlost",    "go\n5",      "go\n5\n",
        "end",       "end\nkeep\nwhy", "end\n5",     "end\n5\n"}) {
    EXPECT_FALSE(control_of(record(body))) << body;
  }
  EXPECT_FALSE(control_of(record("join\n" + std::string(limits::kGroupNameBytes + 1, 'a'))));
}

TEST(Control, gives_nothing_for_a_time_that_the_clock_cannot_tell) {
  const auto come = [](const std::string& count) { return control_of(record("come\n" + count)); };
  for (const char* count : {"9223372036854775", "-9223372036854775", "-1", "0"})
    EXPECT_TRUE(come(count)) << count;
  for (const char* count :
       {"9223372036854776", "-9223372036854776", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "99999999999999999999"}) {
    EXPECT_FALSE(come(count)) << count;
  }
}

TEST(Control, is_about_a_client_id_only) {
  EXPECT_TRUE(control_of({Record::Kind::control, Topic::of(ann()), "join\nroom"}));
  EXPECT_FALSE(control_of({Record::Kind::control, Topic::of(group("ann")), "join\nroom"}));
  EXPECT_FALSE(control_of({Record::Kind::control, Topic::everyone(), "join\nroom"}));
  EXPECT_FALSE(control_of({Record::Kind::control, {Topic::Kind::everyone, "ann"}, "join\nroom"}));
  for (const char* name : {"", "a\nb", "\xFF"}) {
    EXPECT_FALSE(control_of({Record::Kind::control, {Topic::Kind::client, name}, "join\nroom"}));
  }
}

/// A text with some bytes changed, left out or put in.
std::string bent(std::string text, base::Random& random) {
  for (std::uint64_t i = random.below(4); i > 0; --i) {
    const std::size_t at = random.below(text.size() + 1);
    const char byte = random.below(2) == 0 ? "0123456789\n -"[random.below(13)]
                                           : static_cast<char>(random.below(256));
    switch (random.below(3)) {
      case 0: text.insert(at, 1, byte); break;
      case 1: text.erase(at, 1 + random.below(4)); break;
      default: text.replace(at, 1, 1, byte);
    }
  }
  return text;
}

TEST(Control, takes_from_any_bytes_only_what_can_be_said_again) {
  const std::vector<std::string> texts{"",
                                       "join\nroom",
                                       "leave\nroom",
                                       "come\n1764000000123456",
                                       "go\n9223372036854775\nlost",
                                       "end\n-5\nrevoke\nwhy",
                                       "end\n1764000000123456\nkeep\n"};
  int understood = 0;
  int passed_over = 0;
  for (const std::uint64_t seed : broker::seeds(200)) {
    SCOPED_TRACE(broker::again_with(seed));
    auto random = base::Random::seeded(seed);
    for (int i = 0; i < 100; ++i) {
      const auto control = control_of(record(bent(texts.at(random.below(texts.size())), random)));
      ++(control ? understood : passed_over);
      if (!control) continue;
      const Record said = record_of(*control);
      const auto again = control_of(said);
      ASSERT_TRUE(again) << said.body;
      EXPECT_EQ(record_of(*again), said);
    }
  }
  if (broker::seeds(200).size() > 1) {
    EXPECT_GT(understood, 1'000);
    EXPECT_GT(passed_over, 1'000);
  }
}

}  // namespace
}  // namespace tayori::hub
