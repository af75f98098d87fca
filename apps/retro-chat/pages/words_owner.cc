// Words where an owner opens a room.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
    {"W_NEW_ROOM_WHAT",
     "あなたの部屋ができます。番号は順番に付き、場所(アドレス)はずっと変わりません。",
     "It will be yours. Rooms are numbered in turn, and the address stays the same for good."},
    {"W_ROOM_NAME", "部屋の名前", "Name of the room"},
    {"W_NEW_ROOM_DO", "つくって入る", "Open it and enter"},
    {"W_TOPIC", "話題(なくてもかまいません)", "Topic (may be left empty)"},
    {"W_ENTRY", "入室条件", "Who may come in"},
    {"W_ENTRY_EVERYONE", "誰でも(ゲストも)", "everyone, guests too"},
    {"W_ENTRY_SIGNED_IN", "サインインした人", "whoever has signed in"},
    {"W_ENTRY_LISTED", "名簿の人だけ", "those on the list"},
    {"W_ENTRY_PASSPHRASE", "部屋の合言葉を知る人", "whoever knows the room's passphrase"},
    {"W_ENTRY_CLOSED", "閉室(自分だけ)", "nobody: the room is closed"},
    {"W_ROOM_PASSPHRASE", "部屋の合言葉", "The room's passphrase"},
    {"W_ROOM_PASSPHRASE_HINT", "「部屋の合言葉を知る人」のときに使います。4文字以上。",
     "For \"whoever knows the room's passphrase\": at least 4 characters."},
    {"W_ROOM_PASSPHRASE_KEPT", "空のままなら、いまの合言葉のままです。",
     "Leave it empty to keep the one it has."},
    {"W_LISTED", "名簿", "The list"},
    {"W_LISTED_HINT", "「名簿の人だけ」のときに入れる人のハンドル。空白・改行・読点で区切ります。",
     "Handles of those let in with \"those on the list\", with spaces, commas or line ends "
     "between."},
    {"W_REPOSTS", "発言をほかのサービスへ転載する", "Post lines on to another service"},
    {"W_REPOSTS_HINT", "転載先は、部屋の設定から決められます。",
     "Where to is decided in the room's settings."},
    {"W_REPOSTING_LINK", "転載先の設定", "Where to"},
    // A room's settings.
    {"W_SETTINGS", "設定", "settings"},
    {"W_SETTINGS_OF_BEFORE", "設定: ", "Settings of "},
    {"W_SETTINGS_OF_AFTER", "", ""},
    {"W_ALTER_DO", "この内容にする", "Save"},
    {"W_NOBODY_ELSE", "ほかには誰もいません。", "Nobody else is here."},
    {"W_SHOW_OUT", "退室させる", "Show out"},
    {"W_SHOW_OUT_HANDLE", "いまいない人も、ハンドルで入れなくできます",
     "Somebody who is not here, by handle"},
    {"W_SHOWN_OUT", "入れなくなっている人", "Shown out"},
    {"W_LET_IN_AGAIN", "また入れるようにする", "Let in again"},
    {"W_DELETE", "部屋を削除する", "Delete the room"},
    {"W_DELETE_WHAT", "発言もすべて消え、元には戻せません。この番号は二度と使われません。",
     "All that was said goes with it, for good. The number is never used again."},
    {"W_DELETE_SURE", "はい、削除します", "Yes, delete it"},
    {"W_DELETE_DO", "削除する", "Delete"},
};

}  // namespace

std::span<const Word> owner() { return kWords; }

}  // namespace retrochat::word_tables
