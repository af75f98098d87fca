// Words where an owner decides where lines are posted on to.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
    {"W_REPOSTING", "発言の転載", "Posting lines on"},
    {"W_REPOSTING_WHAT",
     "この部屋の発言を、ひとつずつ外のサービスにも投稿します。部屋にいる人の画面には、そのことが表"
     "示されます。",
     "Each line said in this room is posted on to a service elsewhere. Whoever is inside is told "
     "so."},
    {"W_REPOST_NO_TARGET", "投稿先はまだ決まっていません。", "No place has been chosen yet."},
    {"W_REPOST_NOW", "いまの投稿先", "Where lines go now"},
    {"W_REPOST_ON", "転載中", "on"},
    {"W_REPOST_OFF", "停止中", "off"},
    {"W_REPOST_SWITCH_ON", "転載を始める", "Switch on"},
    {"W_REPOST_SWITCH_OFF", "転載を止める", "Switch off"},
    {"W_REPOST_TEST", "試しに投稿する", "Send a test post"},
    {"W_REPOST_FORGET", "投稿先を消す", "Forget this place"},
    {"W_REPOST_PAUSED",
     "投稿先に断られたため、転載を休んでいます。設定を直すか、試しの投稿が届くと再開します。理由:",
     "The service refused, so posting rests. It goes on once you have saved the form again or a "
     "test "
     "post has arrived. Reason:"},
    {"W_REPOST_WHERE", "投稿先を決める", "Choose a place"},
    {"W_REPOST_INSTANCE", "サーバーのアドレス", "Address of your server"},
    {"W_REPOST_ADDRESS", "アドレス", "Address"},
    {"W_REPOST_TOKEN", "アクセストークン", "Access token"},
    {"W_REPOST_TOKEN_HINT",
     "暗号化して保存し、二度と表示しません。空欄なら、いまのものを使い続けます。",
     "Kept encrypted and never shown again. Left empty, the present one stays."},
    {"W_REPOST_VISIBILITY", "公開範囲", "Visibility"},
    {"W_REPOST_PUBLIC", "公開", "public"},
    {"W_REPOST_UNLISTED", "ひかえめな公開", "quiet public"},
    {"W_REPOST_PRIVATE", "フォロワーのみ", "followers only"},
    {"W_REPOST_WEBHOOK_HINT", "署名(Standard Webhooks)付きの JSON を POST します。",
     "Receives signed JSON by POST, after Standard Webhooks."},
    {"W_REPOST_NEW_SECRET", "署名の鍵を作り直す", "Make a new signing secret"},
    {"W_REPOST_SECRET_ONCE", "署名の鍵です。いま一度だけ表示します。",
     "This is the signing secret. It is shown this once."},
    {"W_REPOST_SAVE", "保存する", "Save"},
    {"W_REPOST_OUTCOMES", "最近の結果", "What became of the last lines"},
    {"W_REPOST_NOTHING", "まだありません。", "Nothing yet."},
    {"W_REPOST_URLS", "URL の一覧", "List of addresses"},
    {"W_REPOST_HATENA", "はてな記法の一覧", "List in Hatena notation"},
    {"W_REPOST_WAITING", "待機中", "waiting"},
    {"W_REPOST_POSTED", "投稿済み", "posted"},
    {"W_REPOST_REFUSED", "断られました", "refused"},
    {"W_REPOST_GIVEN_UP", "見送り", "given up"},
    {"W_REPOST_UNREACHABLE", "投稿先につながりませんでした。", "The service could not be reached."},
    {"W_REPOST_TIMED_OUT", "投稿先の返事がありませんでした。",
     "The service did not answer in time."},
    {"W_REPOST_ADDRESS_FORBIDDEN", "そのアドレスには投稿できません。",
     "That address is not one to post to."},
    {"W_REPOST_UNREADABLE", "投稿先の返事が読めませんでした。",
     "The service's answer could not be read."},
    {"W_REPOST_REPETITION", "同じ内容の投稿がすでにあるそうです。",
     "The service has had the same text before."},
    {"W_REPOST_SECRET_LOST", "保存したトークンを読み出せません。もう一度貼り付けてください。",
     "The saved token cannot be read any more. Please paste it again."},
    {"W_REPOST_CROWDED", "待っている発言が多すぎました。", "Too many lines were waiting."},
    {"W_REPOST_SWITCHED_OFF", "転載が止められました。", "Posting was switched off."},
    {"W_REPOST_MOVED", "投稿先が変わりました。", "The place was changed."},
    {"W_REPOST_TOO_OLD", "24時間たっても投稿できませんでした。",
     "It could not be posted within 24 hours."},
    {"W_REPOST_HTTP_401", "トークンが認められませんでした(HTTP 401)。",
     "The token was not accepted (HTTP 401)."},
    {"W_REPOST_HTTP_429", "投稿が多すぎるそうです(HTTP 429)。",
     "The service asks to slow down (HTTP 429)."},
};

}  // namespace

std::span<const Word> reposts() { return kWords; }

}  // namespace retrochat::word_tables
