#include "text/refusal.h"

#include <array>
#include <cstddef>

namespace retrochat {
namespace {

// The numbers in the sentences are those of text/limits.h; refusal_test.cc holds them together.
constexpr std::array<RefusalFacts, 27> kFacts{{
    {Refusal::not_text, "not_text", 400, "文字として読めませんでした。",
     "That could not be read as text."},
    {Refusal::handle_missing, "handle_missing", 400, "ハンドルを入力してください。",
     "Please fill in a handle."},
    {Refusal::handle_too_long, "handle_too_long", 400, "ハンドルは24文字までです。",
     "A handle has at most 24 characters."},
    {Refusal::handle_letters, "handle_letters", 400,
     "ハンドルに使えるのは半角の英字・数字・「_」・「-」だけです(先頭に「-」は使えません)。",
     "A handle is made of the letters a to z, digits, \"_\" and \"-\", and does not begin with "
     "\"-\"."},
    {Refusal::handle_taken, "handle_taken", 409,
     "そのハンドルはもう使われています。別のものを選んでください。",
     "That handle is taken. Please choose another one."},
    {Refusal::passphrase_too_short, "passphrase_too_short", 400,
     "合言葉は8文字以上にしてください。", "A passphrase has at least 8 characters."},
    {Refusal::passphrase_too_long, "passphrase_too_long", 413,
     "合言葉が長すぎます(256バイトまで)。", "That passphrase is too long (256 bytes at most)."},
    {Refusal::passphrase_is_handle, "passphrase_is_handle", 400,
     "ハンドルと同じ合言葉は使えません。", "The passphrase must not be the handle itself."},
    {Refusal::not_recognised, "not_recognised", 403, "ハンドルか合言葉が違います。",
     "The handle or the passphrase is not right."},
    {Refusal::too_many_attempts, "too_many_attempts", 429,
     "サインインの試行が続いたため、一時的に止めています。しばらくしてからもう一度どうぞ。",
     "There have been many attempts to sign in. Please wait a few minutes and try again."},
    {Refusal::too_many_sign_ups, "too_many_sign_ups", 429,
     "ここからの登録が続いたため、一時的に止めています。しばらくしてからもう一度どうぞ。",
     "Many people have signed up from here. Please wait a while and try again."},
    {Refusal::sign_in_first, "sign_in_first", 401, "先にサインインしてください。",
     "Please sign in first."},
    {Refusal::form_expired, "form_expired", 403,
     "フォームの有効期限が切れました。ページを開き直して、もう一度送ってください。",
     "This form is no longer valid. Please open the page again and send it once more."},
    {Refusal::other_site, "other_site", 403, "よそのサイトから送られたため、受け付けませんでした。",
     "This came from another site and was not accepted."},
    {Refusal::room_name_missing, "room_name_missing", 400, "部屋の名前を入力してください。",
     "Please give the room a name."},
    {Refusal::room_name_too_long, "room_name_too_long", 413, "部屋の名前は40文字までです。",
     "A room's name has at most 40 characters."},
    {Refusal::too_many_rooms, "too_many_rooms", 409, "持てる部屋は20までです。",
     "One person can own up to 20 rooms."},
    {Refusal::no_such_room, "no_such_room", 404, "その部屋は見つかりませんでした。",
     "There is no such room."},
    {Refusal::room_full, "room_full", 409, "ただいま満室です(定員100人)。少し待ってからどうぞ。",
     "The room is full: 100 people are inside. Please try again a little later."},
    {Refusal::line_blank, "line_blank", 400, "何か書いてから送ってください。",
     "Please write something first."},
    {Refusal::line_too_long, "line_too_long", 413,
     "発言は1回に1000文字までです。短くするか、分けて送ってください。",
     "One line has at most 1000 characters. Please shorten it, or send it in parts."},
    {Refusal::lines_too_fast, "lines_too_fast", 429,
     "発言が速すぎるようです。ひと息ついてからどうぞ。",
     "That was a little fast. Please take a breath and try again."},
    {Refusal::repost_address_bad, "repost_address_bad", 400,
     "投稿先のアドレスは、https:// で始まる半角のものにしてください。",
     "Please give an address that begins with https://, without a name and password in it."},
    {Refusal::repost_token_bad, "repost_token_bad", 400,
     "アクセストークンを、空白を入れずに貼り付けてください。",
     "Please paste the access token, without spaces."},
    {Refusal::repost_owner_only, "repost_owner_only", 403,
     "投稿の設定は、部屋の主だけが変えられます。",
     "Only the owner of a room decides where its lines are posted on to."},
    {Refusal::no_such_page, "no_such_page", 404, "そのページは見つかりませんでした。",
     "There is nothing at this address."},
    {Refusal::trouble, "trouble", 500, "こちらで問題が起きました。しばらくしてからもう一度どうぞ。",
     "Something went wrong on our side. Please try again in a moment."},
}};

}  // namespace

std::span<const RefusalFacts> refusals() { return kFacts; }

const RefusalFacts& facts(Refusal refusal) { return kFacts[static_cast<std::size_t>(refusal)]; }

std::string_view sentence(Refusal refusal, Language language) {
  return language == Language::ja ? facts(refusal).ja : facts(refusal).en;
}

}  // namespace retrochat
