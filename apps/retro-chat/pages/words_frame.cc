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
