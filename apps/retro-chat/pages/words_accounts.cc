// Words where people sign up and in.
#include "pages/word_tables.h"

namespace retrochat::word_tables {
namespace {

constexpr Word kWords[] = {
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
    // Signing in through others.
    {"W_THROUGH_OTHERS", "ほかのサービスのアカウントで", "With an account elsewhere"},
    {"W_WITH_BEFORE", "", "Sign in with "},
    {"W_WITH_AFTER", "でサインイン", ""},
    {"W_CHOOSE_HANDLE", "ハンドルを決める", "Choose a handle"},
    {"W_VOUCHED_BEFORE", "", "Welcome! "},
    {"W_VOUCHED_AFTER",
     "でご本人と確かめられました。あちらでの名前はここではそのまま使えないので、名乗るハンドルを決"
     "めてください。次からはすぐに入れます。",
     " has told us that it is you. Your name there cannot be used here as it is, so please choose "
     "the one to go by. Next time you come straight in."},
    {"W_KNOWN_AS", "あちらでの名前:", "There you are known as"},
    {"W_CHOOSE_HANDLE_DO", "このハンドルで始める", "Begin with this handle"},
};

}  // namespace

std::span<const Word> accounts() { return kWords; }

}  // namespace retrochat::word_tables
