#include "people/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

constexpr std::string_view kPhrase = "a few words in a row";
constexpr std::string_view kPeer = "192.0.2.1";

class AccountsTest : public ::testing::Test {
 protected:
  Refusal refused_in(std::string_view handle, std::string_view phrase) {
    const auto account = accounts->sign_in(handle, phrase, kPeer);
    return account ? Refusal::no_such_page : account.refusal();
  }

  StoreForTests store;
  std::unique_ptr<Accounts> accounts =
      *Accounts::make(store.accounts, PassphraseCost::least(), store.time.clock());
};

TEST_F(AccountsTest, lets_in_who_signed_up) {
  const auto signed_up = accounts->sign_up("Ann", kPhrase, kPeer);
  ASSERT_TRUE(signed_up);
  const auto signed_in = accounts->sign_in("ann", kPhrase, kPeer);
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(signed_in->id, signed_up->id);
  EXPECT_EQ(signed_in->handle, "Ann");
}

TEST_F(AccountsTest, says_the_same_of_a_wrong_passphrase_and_an_unknown_handle) {
  ASSERT_TRUE(accounts->sign_up("ann", kPhrase, kPeer));
  EXPECT_EQ(refused_in("ann", "other words"), Refusal::not_recognised);
  EXPECT_EQ(refused_in("bob", kPhrase), Refusal::not_recognised);
  EXPECT_EQ(refused_in("<b>", kPhrase), Refusal::not_recognised);
  EXPECT_EQ(refused_in("ann", std::string(1'000, 'x')), Refusal::not_recognised);
  EXPECT_EQ(refused_in("", ""), Refusal::not_recognised);
}

TEST_F(AccountsTest, gives_a_handle_to_one_person_whatever_its_case) {
  ASSERT_TRUE(accounts->sign_up("ann", kPhrase, kPeer));
  EXPECT_EQ(accounts->sign_up("ANN", kPhrase, kPeer).refusal(), Refusal::handle_taken);
}

TEST_F(AccountsTest, a_thousand_guesses_get_no_further_than_ten) {
  ASSERT_TRUE(accounts->sign_up("ann", kPhrase, kPeer));
  std::size_t weighed = 0;
  for (int i = 0; i < 999; ++i) {
    // From everywhere, and in any spelling.
    const std::string peer = "192.0.2." + std::to_string(i % 200);
    const auto guess =
        accounts->sign_in(i % 2 == 0 ? "ann" : "ANN", "guess " + std::to_string(i), peer);
    ASSERT_FALSE(guess);
    if (guess.refusal() == Refusal::not_recognised) ++weighed;
  }
  EXPECT_EQ(weighed, limits::kSignInFailuresOfHandle);
  // The thousandth is right, and not even looked at; later it is.
  EXPECT_EQ(refused_in("ann", kPhrase), Refusal::too_many_attempts);
  store.time.pass(limits::kSignInWindow);
  EXPECT_TRUE(accounts->sign_in("ann", kPhrase, kPeer));
}

TEST_F(AccountsTest, keeps_some_handles_for_the_house) {
  for (const std::string_view handle : {"new", "retro", "Admin", "guest-ABC123"}) {
    EXPECT_EQ(accounts->sign_up(handle, kPhrase, kPeer).refusal(), Refusal::handle_taken);
  }
}

TEST_F(AccountsTest, never_lets_anybody_in_as_the_house) {
  store.add_account("retro");
  EXPECT_EQ(refused_in("retro", ""), Refusal::not_recognised);
  EXPECT_EQ(refused_in("retro", "nobody's passphrase"), Refusal::not_recognised);
}

TEST_F(AccountsTest, stores_a_hash_that_tells_nothing) {
  ASSERT_TRUE(accounts->sign_up("ann", kPhrase, kPeer));
  ASSERT_TRUE(accounts->sign_up("bob", kPhrase, kPeer));
  const std::string anns = (*store.accounts.find(*Handle::parse("ann")))->passphrase_hash;
  const std::string bobs = (*store.accounts.find(*Handle::parse("bob")))->passphrase_hash;
  EXPECT_THAT(anns, ::testing::StartsWith("$argon2id$"));
  EXPECT_NE(anns, bobs);
}

TEST_F(AccountsTest, stops_guessing_at_a_handle_for_a_while) {
  ASSERT_TRUE(accounts->sign_up("ann", kPhrase, kPeer));
  for (std::size_t i = 0; i < limits::kSignInFailuresOfHandle; ++i) {
    EXPECT_EQ(refused_in(i % 2 == 0 ? "ann" : "ANN", "a guess"), Refusal::not_recognised);
  }
  EXPECT_EQ(refused_in("ann", kPhrase), Refusal::too_many_attempts);
  store.time.pass(limits::kSignInWindow);
  EXPECT_TRUE(accounts->sign_in("ann", kPhrase, kPeer));
}

TEST_F(AccountsTest, does_not_count_good_passphrases) {
  ASSERT_TRUE(accounts->sign_up("ann", kPhrase, kPeer));
  for (std::size_t i = 0; i < 2 * limits::kSignInFailuresOfHandle; ++i) {
    EXPECT_TRUE(accounts->sign_in("ann", kPhrase, kPeer));
  }
}

TEST_F(AccountsTest, stops_one_peer_from_trying_everybody) {
  for (std::size_t i = 0; i < limits::kSignInFailuresOfPeer; ++i) {
    EXPECT_EQ(refused_in("<no handle>", "a guess"), Refusal::not_recognised);
  }
  EXPECT_EQ(refused_in("somebody", "a guess"), Refusal::too_many_attempts);
  EXPECT_EQ(accounts->sign_in("somebody", "a guess", "192.0.2.2").refusal(),
            Refusal::not_recognised);
}

TEST_F(AccountsTest, bounds_sign_ups_of_one_peer) {
  for (std::size_t i = 0; i < limits::kSignUpsOfPeer; ++i) {
    ASSERT_TRUE(accounts->sign_up("p" + std::to_string(i), kPhrase, kPeer));
  }
  EXPECT_EQ(accounts->sign_up("ann", kPhrase, kPeer).refusal(), Refusal::too_many_sign_ups);
  EXPECT_TRUE(accounts->sign_up("ann", kPhrase, "192.0.2.2"));
}

TEST(PassphraseHash, is_made_of_one_passphrase_only) {
  const auto phrase = *Passphrase::present("words");
  const auto hash = *hash_passphrase(phrase, PassphraseCost::least());
  EXPECT_TRUE(is_made_of(hash, phrase));
  EXPECT_FALSE(is_made_of(hash, *Passphrase::present("Words")));
  EXPECT_FALSE(is_made_of("", phrase));
  EXPECT_FALSE(is_made_of("$argon2id$nonsense", phrase));
}

TEST(PassphraseHash, costs_what_is_recommended) {
  EXPECT_GE(PassphraseCost::interactive().passes, 2U);
  EXPECT_GE(PassphraseCost::interactive().memory_bytes, 64U * 1024 * 1024);
}

}  // namespace
}  // namespace retrochat
