// Words where the kept conversation is read back, searched and taken away.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
    {"W_LOG_TITLE", "これまでの会話", "The conversation so far"},
    {"W_LOG_EMPTY", "ここには、まだ何もありません。", "There is nothing here yet."},
    {"W_LOG_OLDER", "前のページ", "Older"},
    {"W_LOG_NEWER", "次のページ", "Newer"},
    {"W_LOG_PAGES", "ページ", "Pages"},
    {"W_LOG_NEWEST", "いちばん新しいところ", "The newest"},
    {"W_LOG_DOWNLOAD", "テキストで保存", "Save as text"},
    {"W_LOG_ZONE", "時刻:", "Times: "},
    {"W_TO_ROOM", "部屋へ", "To the room"},
    {"W_SEARCH_TITLE", "会話を探す", "Search the conversation"},
    {"W_SEARCH_FOR", "探す言葉", "What to look for"},
    {"W_SEARCH_HINT", "空白で区切ると、全部の言葉を含む発言を探します。",
     "With several words, lines are found in which all of them occur."},
    {"W_SEARCH_DO", "探す", "Search"},
    {"W_SEARCH_HITS", "見つかった発言", "Lines found"},
    {"W_SEARCH_NOTHING", "見つかりませんでした。短い言葉や、別の書き方でお試しください。",
     "Nothing was found. Please try a shorter word, or another spelling."},
    {"W_SEARCH_NOTHING_YET", "このあたりには見つかりませんでした。さらに前を探せます。",
     "Nothing was found so far. The search can go on further back."},
    {"W_SEARCH_MORE", "さらに前を探す", "Search further back"},
    // In the text that is saved.
    {"W_TEXT_ROOM", "部屋", "Room"},
    {"W_TEXT_PLACE", "場所", "Place"},
    {"W_TEXT_MADE", "保存", "Saved"},
    {"W_TEXT_ZONE", "時刻", "Times"},
};

}  // namespace

std::span<const Word> log() { return kWords; }

}  // namespace retrochat::word_tables
