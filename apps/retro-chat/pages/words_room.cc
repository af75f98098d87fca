// Words in a room.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
    {"W_INSIDE", "いる人", "Inside"},
    {"W_LOG", "会話", "Conversation"},
    {"W_LINE", "発言", "What to say"},
    {"W_LINE_HINT", "ここに書いて Enter", "Write here, then Enter"},
    {"W_SPEAK", "話す", "Say"},
    {"W_STEP_AWAY", "離席する", "Step away"},
    {"W_COME_BACK", "着席する", "Come back"},
    {"W_LEAVE", "退室する", "Leave"},
    {"W_REFRESH", "新しい発言を見る", "Look for new lines"},
    {"W_NO_SCRIPT", "JavaScript が使えないので、新しい発言は自動では出ません。",
     "Without JavaScript, new lines do not appear by themselves."},
    {"W_OPENING", "つないでいます…", "connecting…"},
    {"W_OPEN", "接続中", "connected"},
    {"W_REOPENING", "つなぎ直しています…", "reconnecting…"},
    {"W_CLOSED", "切断", "disconnected"},
    {"W_UNREACHABLE", "サーバーに届きませんでした。もう一度送ってみてください。",
     "The server could not be reached. Please try once more."},
    {"W_LEFT_ELSEWHERE", "この部屋から退室しました。", "You have left this room."},
    {"W_ENTER_AGAIN", "もう一度入る", "Enter again"},
    {"W_HERE", "在席", "here"},
    {"W_AWAY", "離席", "away"},
    {"W_SINCE_BEFORE", "", "since "},
    {"W_SINCE_AFTER", "から", ""},
    {"W_DID_ENTER", " さんが入室しました", " came in"},
    {"W_DID_LEAVE", " さんが退室しました", " left"},
    {"W_DID_LOST", " さんとの接続が切れました", " lost the connection"},
    {"W_DID_REMOVED", " さんは部屋の主により退室となりました", " was shown out by the owner"},
    {"W_DID_AWAY", " さんが離席しました", " stepped away"},
    {"W_DID_BACK", " さんが着席しました", " is back"},
};

}  // namespace

std::span<const Word> room() { return kWords; }

}  // namespace retrochat::word_tables
