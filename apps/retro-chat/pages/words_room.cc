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
    {"W_POSTED_ON", "この部屋の発言は、外のサービスにも投稿されます。",
     "Lines said here are also posted to a service elsewhere."},
    {"W_LEFT_ELSEWHERE", "この部屋から退室しました。", "You have left this room."},
    {"W_ENTER_AGAIN", "もう一度入る", "Enter again"},
    {"W_REMOVED_WHY", "部屋の主により退室となりました。",
     "The owner has shown you out of this room."},
    {"W_CLOSED_WHY", "この部屋は閉じられました。", "This room has been closed."},
    {"W_ENTRY_WHY", "部屋の入室条件が変わったため、退室となりました。",
     "Who may enter this room has changed, so you are outside now."},
    {"W_DELETED_WHY", "この部屋はなくなりました。", "This room is no more."},
    {"W_OLDER", "前の発言", "Older lines"},
    {"W_AWAY_WORD", "離席のひとこと", "A word to leave behind"},
    {"W_AWAY_WORD_HINT", "ひとこと", "a word?"},
    {"W_MORE", "そのほか", "More"},
    {"W_SEARCH", "発言を探す", "Search the log"},
    {"W_PAPERS", "記録", "Records"},
    {"W_LOG_TEXT", "会話をテキストで保存", "Save as text"},
    {"W_URLS", "転載した発言の URL", "Addresses of posted lines"},
    {"W_HATENA", "転載した発言(はてな記法)", "Posted lines in Hatena notation"},
    {"W_ROOM_SETTINGS", "部屋の設定", "Room settings"},
    {"W_SOUND", "音", "Sound"},
    {"W_NOTIFY", "通知", "Notifications"},
    {"W_ALERT_OFF", "なし", "Off"},
    {"W_ALERT_MENTIONS", "呼ばれたとき", "When called"},
    {"W_ALERT_ALL", "すべての発言", "Every line"},
    {"W_NOTIFY_DENIED", "ブラウザーが通知を許していません。",
     "The browser does not allow notifications."},
    {"W_HERE", "在席", "here"},
    {"W_AWAY", "離席", "away"},
    {"W_SINCE_BEFORE", "", "since "},
    {"W_SINCE_AFTER", "から", ""},
    {"W_DID_ENTER", " さんが入室しました", " came in"},
    {"W_DID_LEAVE", " さんが退室しました", " left"},
    {"W_DID_LOST", " さんとの接続が切れました", " lost the connection"},
    {"W_DID_REMOVED", " さんは退室となりました", " was shown out"},
    {"W_DID_AWAY", " さんが離席しました", " stepped away"},
    {"W_DID_BACK", " さんが着席しました", " is back"},
};

}  // namespace

std::span<const Word> room() { return kWords; }

}  // namespace retrochat::word_tables
