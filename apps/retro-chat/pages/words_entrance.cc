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
    {"W_MY_ROOMS", "自分の部屋", "Your own rooms"},
    {"W_TO_LOBBY", "ひろばに入ってみる", "Look into the lobby"},
    {"W_FIND", "ハンドルで部屋を探す", "Find somebody's rooms by handle"},
    {"W_FIND_DO", "探す", "Find"},
    {"W_ROOMS_OF_BEFORE", "", "Rooms of "},
    {"W_ROOMS_OF_AFTER", " さんの部屋", ""},
    {"W_NO_ROOMS", "入れる部屋は、いまはありません。", "There is no room that you may enter now."},
    {"W_MARK_SIGNED_IN", "要サインイン", "sign in to enter"},
    {"W_MARK_LISTED", "名簿制", "by list"},
    {"W_MARK_PASSPHRASE", "合言葉制", "by passphrase"},
    {"W_MARK_CLOSED", "閉室中", "closed"},
    // At a room's door.
    {"W_GUEST_WHAT", "登録しなくても、ゲストとして入れます。呼び名は自動で付きます。",
     "You can come in as a guest, without signing up. The house gives you a name."},
    {"W_GUEST_DO", "ゲストとして入る", "Come in as a guest"},
    {"W_KNOCK", "合言葉を言って入る", "Come in with the passphrase"},
};

}  // namespace

std::span<const Word> entrance() { return kWords; }

}  // namespace retrochat::word_tables
