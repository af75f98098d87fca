#include "reposts/post_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reposts/repost_lists.h"
#include "reposts/webhook_signature.h"

namespace retrochat {
namespace {

constexpr auto kX = RepostKind::x;
constexpr auto kMastodon = RepostKind::mastodon;

std::string times(std::size_t count, const std::string& part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

TEST(PostText, is_who_and_line) { EXPECT_EQ(post_text(kX, {"ann", "hello"}), "ann: hello"); }

TEST(PostText, weighs_as_x_does) {
  EXPECT_EQ(post_length(kX, "abcé"), 4U);
  EXPECT_EQ(post_length(kX, "日本"), 4U);
  EXPECT_EQ(post_length(kX, "https://example.com/very/long/path/that/goes/on/and/on?x=1"), 23U);
  EXPECT_EQ(post_length(kX, "http://nodothere"), 16U);
  EXPECT_EQ(post_length(kMastodon, "日本"), 2U);
}

TEST(PostText, shortens_to_what_the_service_takes) {
  const std::string fits = post_text(kX, {"a", times(138, "字") + "b"});
  EXPECT_EQ(post_length(kX, fits), 280U);
  EXPECT_FALSE(fits.ends_with("…"));
  const std::string cut = post_text(kX, {"a", times(139, "字")});
  EXPECT_TRUE(cut.ends_with("字…"));
  EXPECT_LE(post_length(kX, cut), 280U);
  EXPECT_EQ(post_length(kMastodon, post_text(kMastodon, {"a", times(900, "字")})), 500U);
}

TEST(PostText, cuts_no_link_and_no_letter_from_its_marks) {
  const std::string link = "https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  EXPECT_EQ(post_text(kX, {"a", times(260, "x") + " " + link}), "a: " + times(260, "x") + " …");
  const std::string marked = post_text(kMastodon, {"a", times(495, "x") + "e\u0301\u0302yy"});
  EXPECT_EQ(marked, "a: " + times(495, "x") + "…");
}

TEST(PostText, adds_the_link_only_where_it_fits) {
  const std::string room = "https://chat.example/rooms/ann/1";
  EXPECT_EQ(post_text(kX, {"a", "hello", room}), "a: hello " + room);
  EXPECT_EQ(post_text(kX, {"a", times(254, "x"), room}), "a: " + times(254, "x"));
}

TEST(PostText, calls_nobody) {
  EXPECT_EQ(post_text(kX, {"a", "@bob a@b.example https://m.example/@c"}),
            "a: @\u200Bbob a@b.example https://m.example/@c");
}

TEST(WebhookSignature, is_what_the_convention_says) {
  // The example of the Standard Webhooks libraries.
  EXPECT_EQ(
      webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        std::chrono::sys_seconds{std::chrono::seconds{1614265330}},
                        R"({"test": 2432232314})"),
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(RepostLists, are_addresses_and_hatena_notation) {
  Repost x;
  x.kind = RepostKind::x;
  x.post_id = "144";
  x.url = "https://x.com/i/status/144";
  Repost mastodon;
  mastodon.kind = RepostKind::mastodon;
  mastodon.url = "https://m.example/@a/7";
  EXPECT_EQ(url_list({x, mastodon}), "https://x.com/i/status/144\nhttps://m.example/@a/7\n");
  EXPECT_EQ(hatena_list({x, mastodon}),
            "[twitter:144:detail]\n[https://m.example/@a/7:embed:cite]\n");
}

}  // namespace
}  // namespace retrochat
