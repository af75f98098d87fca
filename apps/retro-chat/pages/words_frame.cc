// Words around every page, and on the one that says what went wrong.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
    // Titles.
    {"W_TITLE", "れとろ・ちゃっと", "Retro Chat (れとろ・ちゃっと)"},
    // The frame of every page.
    {"W_SKIP", "本文へ", "Skip to the content"},
    {"W_NAV", "利用者", "You"},
    {"W_LANGUAGE", "言語", "Language"},
    {"W_LOOKS", "画面", "Screen"},
    {"W_PALETTE", "色", "Colours"},
    {"W_BEIGE", "ベージュ", "Beige"},
    {"W_GREEN", "緑の蛍光体", "Green phosphor"},
    {"W_AMBER", "琥珀の蛍光体", "Amber phosphor"},
    {"W_BLUE", "8ビットの青", "8-bit blue"},
    {"W_PAPER", "液晶", "Liquid crystal"},
    {"W_SCHEME", "明るさ", "Shade"},
    {"W_AUTOMATIC", "自動", "Automatic"},
    {"W_LIGHT", "明るい", "Light"},
    {"W_DARK", "暗い", "Dark"},
    {"W_TYPEFACE", "書体", "Typeface"},
    {"W_SIGNED_IN_AS", "サインイン中:", "Signed in as "},
    {"W_SIGN_IN", "サインイン", "Sign in"},
    {"W_SIGN_UP", "登録", "Sign up"},
    {"W_SIGN_OUT", "サインアウト", "Sign out"},
    {"W_TO_ENTRANCE", "入口へ", "To the entrance"},
    {"W_BACK", "戻る", "Back"},
    // Errors.
    {"W_KEPT", "書いたもの(コピーして使えます)", "What you wrote (it can be copied)"},
};

}  // namespace

std::span<const Word> frame() { return kWords; }

}  // namespace retrochat::word_tables
