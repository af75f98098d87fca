// Words at the entrance, where the rooms are listed.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
    {"W_ROOMS_BEFORE", "部屋 ", "Rooms: "},
    {"W_ROOMS_AFTER", "、", ". "},
    {"W_PEOPLE_BEFORE", "入室中 ", "People inside: "},
    {"W_PEOPLE_AFTER", "人。", "."},
    {"W_WHAT_1",
     "部屋に入って、文字で話す。それだけの、昔ながらのチャットです。話した言葉は、部屋にいる全員の"
     "画面にすぐ届きます。",
     "Enter a room, talk in text. That is all there is to it, as it used to be. What you say is on "
     "everyone's screen in the room at once."},
    {"W_WHAT_2", "ハンドル(呼び名)と合言葉を決めれば、すぐに始められます。",
     "Pick a handle to go by and a passphrase, and you are in."},
    {"W_SIGN_UP_LONG", "はじめての方はこちら", "Sign up"},
    {"W_ROOMS", "部屋", "Rooms"},
    {"W_NOBODY", "いまは誰もいません", "nobody here right now"},
    {"W_COUNT_BEFORE", "", ""},
    {"W_COUNT_AFTER", "人:", " inside:"},
    {"W_COMMA", "、", ", "},
    {"W_OTHERS_BEFORE", " ほか", " and "},
    {"W_OTHERS_AFTER", "人", " more"},
    {"W_NEW_ROOM", "部屋をつくる", "Open a room"},
};

}  // namespace

std::span<const Word> entrance() { return kWords; }

}  // namespace retrochat::word_tables
