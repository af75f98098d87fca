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
};

}  // namespace

std::span<const Word> owner() { return kWords; }

}  // namespace retrochat::word_tables
