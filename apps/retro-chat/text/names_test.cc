// Handle, Passphrase, RoomName, Line, LocalPath: what may be typed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/handle.h"
#include "text/limits.h"
#include "text/line.h"
#include "text/local_path.h"
#include "text/passphrase.h"
#include "text/room_name.h"

namespace retrochat {
namespace {

Refusal refusal_of_handle(std::string_view text) {
  const auto handle = Handle::parse(text);
  return handle ? Refusal::trouble : handle.refusal();
}

TEST(Handle, takes_letters_digits_underscores_and_dashes) {
  for (const std::string_view text :
       {"a", "ann", "Ann_2-x", "0", "_", "abcdefghijklmnopqrstuvwx"}) {
    ASSERT_TRUE(Handle::parse(text)) << text;
    EXPECT_EQ(Handle::parse(text)->text(), text);
  }
}

TEST(Handle, drops_habits) {
  EXPECT_EQ(Handle::parse(" @ann ")->text(), "ann");
  EXPECT_EQ(refusal_of_handle("@@ann"), Refusal::handle_letters);
}

TEST(Handle, says_what_is_wrong) {
  EXPECT_EQ(refusal_of_handle(""), Refusal::handle_missing);
  EXPECT_EQ(refusal_of_handle("  "), Refusal::handle_missing);
  EXPECT_EQ(refusal_of_handle("@"), Refusal::handle_missing);
  EXPECT_EQ(refusal_of_handle("-ann"), Refusal::handle_letters);
  EXPECT_EQ(refusal_of_handle("ann/1"), Refusal::handle_letters);
  EXPECT_EQ(refusal_of_handle("あん"), Refusal::handle_letters);
  EXPECT_EQ(refusal_of_handle("<b>"), Refusal::handle_letters);
  EXPECT_EQ(refusal_of_handle(std::string(limits::kHandleChars + 1, 'a')),
            Refusal::handle_too_long);
  EXPECT_EQ(refusal_of_handle(std::string(10'000, 'a')), Refusal::handle_too_long);
}

TEST(Handle, is_the_same_person_in_either_case) {
  EXPECT_EQ(Handle::parse("ANN_x")->folded(), "ann_x");
}

TEST(Passphrase, counts_characters_not_bytes) {
  const Handle ann = *Handle::parse("ann");
  EXPECT_EQ(Passphrase::choose("あいうえおかき", ann).refusal(), Refusal::passphrase_too_short);
  EXPECT_TRUE(Passphrase::choose("あいうえおかきく", ann));
}

TEST(Passphrase, is_bounded_and_not_the_handle) {
  const Handle handle = *Handle::parse("Annabella");
  EXPECT_EQ(Passphrase::choose(std::string(257, 'x'), handle).refusal(),
            Refusal::passphrase_too_long);
  EXPECT_EQ(Passphrase::choose("Annabella", handle).refusal(), Refusal::passphrase_is_handle);
  EXPECT_EQ(Passphrase::choose("annabella", handle).refusal(), Refusal::passphrase_is_handle);
  EXPECT_EQ(Passphrase::choose("eight \xff ..", handle).refusal(), Refusal::not_text);
  EXPECT_EQ(Passphrase::present(std::string(257, 'x')).refusal(), Refusal::passphrase_too_long);
  EXPECT_TRUE(Passphrase::present(""));
}

TEST(RoomName, is_cleaned_and_bounded) {
  EXPECT_EQ(RoomName::parse("  ひろば\u202E / Lobby ")->text(), "ひろば / Lobby");
  EXPECT_EQ(RoomName::parse("\u3000").refusal(), Refusal::room_name_missing);
  std::string name;
  for (std::size_t i = 0; i < limits::kRoomNameChars; ++i) name += "あ";
  EXPECT_TRUE(RoomName::parse(name));
  EXPECT_EQ(RoomName::parse(name + "あ").refusal(), Refusal::room_name_too_long);
}

TEST(Line, is_bounded_in_characters) {
  std::string line;
  for (std::size_t i = 0; i < limits::kLineChars; ++i) line += "🙂";
  EXPECT_TRUE(Line::parse(line));
  EXPECT_EQ(Line::parse(line + "x").refusal(), Refusal::line_too_long);
  EXPECT_EQ(Line::parse(" \n ").refusal(), Refusal::line_blank);
  EXPECT_EQ(Line::parse("\xff").refusal(), Refusal::not_text);
}

TEST(LocalPath, keeps_what_stays_here) {
  for (const std::string_view path : {"/", "/rooms/ann/1", "/rooms/new", "/?lang=ja"}) {
    EXPECT_EQ(LocalPath::from(path).text(), path);
  }
}

TEST(LocalPath, makes_everything_else_the_entrance) {
  for (const std::string_view path :
       {"", "//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example/",
        "javascript:alert(1)", "/\t/elsewhere.example", "/a\r\nSet-Cookie: x", "rooms"}) {
    EXPECT_EQ(LocalPath::from(path).text(), "/") << path;
  }
  EXPECT_EQ(LocalPath::from("/" + std::string(limits::kLocalPathBytes, 'a')).text(), "/");
}

TEST(LocalPath, escapes_for_a_query) {
  EXPECT_EQ(LocalPath::escaped_for_query("/rooms/ann/1?a=b&c"), "/rooms/ann/1%3Fa%3Db%26c");
}

}  // namespace
}  // namespace retrochat
