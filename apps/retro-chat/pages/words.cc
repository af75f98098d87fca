#include "pages/words.h"

#include <algorithm>

namespace retrochat {
namespace {

// Pairs named ..._BEFORE and ..._AFTER stand on both sides of a value, since the two languages put it in
// different places.
constexpr Word kWords[] = {
    // Titles.
    {"W_TITLE", "れとろ・ちゃっと", "Retro Chat (れとろ・ちゃっと)"},
    // The frame of every page.
    {"W_SKIP", "本文へ", "Skip to the content"},
    {"W_NAV", "利用者", "You"},
    {"W_LANGUAGE", "言語", "Language"},
    {"W_SIGNED_IN_AS", "サインイン中:", "Signed in as "},
    {"W_SIGN_IN", "サインイン", "Sign in"},
    {"W_SIGN_UP", "登録", "Sign up"},
    {"W_SIGN_OUT", "サインアウト", "Sign out"},
    {"W_TO_ENTRANCE", "入口へ", "To the entrance"},
    {"W_BACK", "戻る", "Back"},
    // The entrance.
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
    // Signing up and in.
    {"W_SIGN_UP_WHAT", "ハンドルと合言葉を決めてください。メールアドレスなどは要りません。",
     "Choose a handle and a passphrase. Nothing else is asked, not even an address."},
    {"W_HANDLE", "ハンドル", "Handle"},
    {"W_HANDLE_HINT", "半角の英字・数字・「_」・「-」で24文字まで。ほかの人に見える名前です。",
     "Letters a to z, digits, \"_\" and \"-\", at most 24. This is the name that others see."},
    {"W_PASSPHRASE", "合言葉", "Passphrase"},
    {"W_PASSPHRASE_HINT",
     "8文字以上。いくつかの言葉をつなげると、覚えやすく、破られにくくなります。",
     "At least 8 characters. A few words in a row are easy to remember and hard to guess."},
    {"W_SIGN_UP_DO", "登録して始める", "Sign up and begin"},
    {"W_HAVE_ACCOUNT", "登録がお済みの方は", "Been here before?"},
    {"W_NO_ACCOUNT", "はじめての方は", "New here?"},
    {"W_SIGN_UP_LINK", "登録から", "Sign up"},
    {"W_ON_THE_WAY", "サインインすると、行き先へ進みます。",
     "Sign in, and you go on to where you were headed."},
    // A new room.
    {"W_NEW_ROOM_WHAT",
     "あなたの部屋ができます。番号は順番に付き、場所(アドレス)はずっと変わりません。",
     "It will be yours. Rooms are numbered in turn, and the address stays the same for good."},
    {"W_ROOM_NAME", "部屋の名前", "Name of the room"},
    {"W_NEW_ROOM_DO", "つくって入る", "Open it and enter"},
    // Errors.
    {"W_KEPT", "書いたもの(コピーして使えます)", "What you wrote (it can be copied)"},
    // A room.
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
    {"W_DID_AWAY", " さんが離席しました", " stepped away"},
    {"W_DID_BACK", " さんが着席しました", " is back"},
};

}  // namespace

std::span<const Word> words() { return kWords; }

std::string_view word(std::string_view key, Language language) {
  return std::ranges::find(kWords, key, &Word::key)->in(language);
}

}  // namespace retrochat
