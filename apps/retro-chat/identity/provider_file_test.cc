#include "identity/provider_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string nothing(const std::string& /*name*/) { return ""; }

ProvidersRead read(const std::string& toml, const Environment& environment = nothing) {
  return parse_providers(toml, "p.toml", environment);
}

TEST(ProviderFile, has_a_preset_for_x) {
  const auto x = read("[[provider]]\nid='x'\npreset='x'\nclient_id='c'\nclient_secret='s'\n");
  ASSERT_THAT(x.problems, IsEmpty());
  const Provider& provider = x.providers.at(0);
  EXPECT_EQ(provider.authorize_url, "https://x.com/i/oauth2/authorize");
  EXPECT_EQ(provider.token_url, "https://api.x.com/2/oauth2/token");
  EXPECT_EQ(provider.userinfo_url, "https://api.x.com/2/users/me");
  EXPECT_EQ(provider.subject_claim, "data.id");
  EXPECT_EQ(provider.authority(), "x");
  EXPECT_EQ(provider.name(Language::ja), "X");
  EXPECT_THAT(provider.scopes, ElementsAre("users.read", "tweet.read"));
}

TEST(ProviderFile, takes_an_issuer_with_names_in_both_languages) {
  const auto one = read(
      "[[provider]]\nid='kc'\nname={ja='社内',en='Work'}\nissuer='https://kc.test/realms/a'\n"
      "client_id='c'\nhandle_claim='nickname'\n");
  ASSERT_THAT(one.problems, IsEmpty());
  EXPECT_EQ(one.providers.at(0).name(Language::ja), "社内");
  EXPECT_EQ(one.providers.at(0).name(Language::en), "Work");
  EXPECT_EQ(one.providers.at(0).authority(), "https://kc.test/realms/a");
  EXPECT_THAT(one.providers.at(0).scopes, ElementsAre("openid", "profile"));
}

TEST(ProviderFile, takes_secrets_from_the_environment_before_the_file) {
  const auto one =
      read("[[provider]]\nid='my-x'\npreset='x'\nclient_id='c'\nclient_secret='in_file'\n",
           [](const std::string& name) {
             return name == "RETROCHAT_PROVIDER_MY_X_SECRET" ? "in_environment" : "";
           });
  EXPECT_EQ(one.providers.at(0).client_secret, "in_environment");
}

TEST(ProviderFile, reads_a_secret_from_a_file_beside_it) {
  const std::filesystem::path folder(::testing::TempDir());
  const std::string name = "secret_" + std::to_string(::getpid());
  std::ofstream(folder / name) << "of_the_file\n";
  const std::string toml = "[[provider]]\nid='x'\npreset='x'\nclient_id='c'\nclient_secret_file='";
  const auto one = parse_providers(toml + name + "'\n", folder / "p.toml", nothing);
  ASSERT_THAT(one.problems, IsEmpty());
  EXPECT_EQ(one.providers.at(0).client_secret, "of_the_file");
  std::filesystem::remove(folder / name);
  const auto gone = parse_providers(toml + name + "'\n", folder / "p.toml", nothing);
  EXPECT_THAT(gone.problems, ElementsAre(HasSubstr("p.toml:5:20: client_secret_file: expected")));
}

TEST(ProviderFile, names_the_place_and_what_was_expected) {
  const auto says = [](const std::string& toml, const std::string& what) {
    const auto problems = read(toml).problems;
    ASSERT_FALSE(problems.empty()) << toml;
    EXPECT_THAT(problems, ::testing::Contains(HasSubstr(what)));
  };
  const std::string good = "[[provider]]\nid='a'\nissuer='https://a.test'\nclient_id='c'\n";
  EXPECT_THAT(read(good).problems, IsEmpty());
  says("[[provider]\n", "p.toml:1:");
  says("[server]\n", "p.toml:1:2: expected [[provider]]");
  says(good + "secret='s'\n", "p.toml:5:1: there is no provider.secret; expected id, name");
  says(good + "scopes='openid'\n", "p.toml:5:8: scopes: expected a list");
  says(good + "scopes=['email']\n", "expected \"openid\" among them");
  says(good + "client_auth='jwt'\n", "expected \"basic\" or \"post\"");
  says(good + "preset='y'\n", "preset: expected \"x\"");
  says(good + "token_url='https://b.test'\n", "p.toml:3:8: issuer: expected either");
  says(good + good, "p.toml:5:1: id: two providers are called a");
  says(good + "name=''\n", "name: expected a text or");
  says("[[provider]]\nid='A b'\n", "p.toml:2:4: id: expected 1 to 24");
  says("[[provider]]\nid='a'\nclient_id='c'\n", "p.toml:1:1: expected preset, issuer, or");
  says("[[provider]]\nid='a'\nissuer='http://a.test'\n", "https://");
  says("[[provider]]\nissuer='https://a.test'\n", "id: expected one");
  says("[[provider]]\nid='a'\nclient_id='c'\nauthorize_url='https://a.test'\n",
       "token_url: expected");
  EXPECT_THAT(read_providers("/nowhere/p.toml", nothing).problems,
              ElementsAre("/nowhere/p.toml: it cannot be read"));
}

TEST(ProviderFile, never_shows_a_secret) {
  const auto problems =
      read("[[provider]]\nid='a'\npreset='x'\nclient_id='c'\nclient_secret='my secret'\n").problems;
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0], Not(HasSubstr("my")));
}

}  // namespace
}  // namespace retrochat
