#include "access/origins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori::access {
namespace {

OriginPolicy policy(const std::vector<std::string>& patterns) {
  auto made = OriginPolicy::of(patterns);
  EXPECT_TRUE(made) << made.error().detail;
  return *std::move(made);
}

TEST(OriginPolicy, star_welcomes_everyone) {
  const OriginPolicy everyone = policy({"*"});
  for (const auto* origin :
       {"https://example.org", "null", "", "moz-extension://abc", "nonsense"}) {
    EXPECT_TRUE(everyone.allows(origin)) << origin;
  }
}

TEST(OriginPolicy, no_pattern_welcomes_nobody) {
  EXPECT_FALSE(policy({}).allows("https://example.org"));
  EXPECT_FALSE(policy({}).allows("null"));
}

TEST(OriginPolicy, compares_scheme_host_and_port) {
  const OriginPolicy exact = policy({"https://example.org", "http://localhost:8080"});
  EXPECT_TRUE(exact.allows("https://example.org"));
  EXPECT_TRUE(exact.allows("http://localhost:8080"));
  for (const auto* origin :
       {"http://example.org", "https://example.org:8443", "https://www.example.org",
        "https://example.org.evil.net", "https://evilexample.org", "https://example.or",
        "http://localhost", "http://localhost:80800", "null", "", "example.org",
        "https://example.org/", "https://example.org/x", "https://user@example.org",
        "https://example.org https://evil.net", "https://example.org\n"}) {
    EXPECT_FALSE(exact.allows(origin)) << origin;
  }
}

TEST(OriginPolicy, takes_schemes_and_hosts_in_any_case) {
  EXPECT_TRUE(policy({"HTTPS://Example.ORG"}).allows("https://example.org"));
  EXPECT_TRUE(policy({"https://example.org"}).allows("https://EXAMPLE.org"));
}

TEST(OriginPolicy, takes_a_default_port_for_none) {
  EXPECT_TRUE(policy({"https://example.org:443"}).allows("https://example.org"));
  EXPECT_TRUE(policy({"http://example.org"}).allows("http://example.org:80"));
  EXPECT_FALSE(policy({"https://example.org:80"}).allows("https://example.org"));
}

TEST(OriginPolicy, wildcards_match_whole_labels_only) {
  const OriginPolicy below = policy({"https://*.example.org"});
  EXPECT_TRUE(below.allows("https://a.example.org"));
  EXPECT_TRUE(below.allows("https://a.b.example.org"));
  for (const auto* origin :
       {"https://example.org", "https://evilexample.org", "https://.example.org",
        "https://a.example.org.evil.net", "http://a.example.org", "https://a.example.org:8443",
        "https://*.example.org", "https://a..example.org", "https://evil.net/.example.org",
        "https://evil.net:1.example.org", "https://evil.net#.example.org",
        "https://evil.net@a.example.org", "null"}) {
    EXPECT_FALSE(below.allows(origin)) << origin;
  }
}

TEST(OriginPolicy, wildcards_keep_their_port) {
  const OriginPolicy below = policy({"http://*.example.org:8080"});
  EXPECT_TRUE(below.allows("http://a.example.org:8080"));
  EXPECT_FALSE(below.allows("http://a.example.org"));
}

TEST(OriginPolicy, takes_addresses_and_other_schemes) {
  const OriginPolicy exact =
      policy({"http://[::1]:8080", "http://127.0.0.1", "capacitor://localhost"});
  EXPECT_TRUE(exact.allows("http://[::1]:8080"));
  EXPECT_FALSE(exact.allows("http://[::1]"));
  EXPECT_FALSE(exact.allows("http://[::2]:8080"));
  EXPECT_TRUE(exact.allows("http://127.0.0.1"));
  EXPECT_TRUE(exact.allows("capacitor://localhost"));
}

TEST(OriginPolicy, refuses_patterns_that_could_match_more_than_meant) {
  for (const auto* pattern : {"",
                              "null",
                              "example.org",
                              "https://",
                              "https://*",
                              "https://*.",
                              "https://*example.org",
                              "https://a.*.org",
                              "https://example.org/",
                              "*.example.org",
                              "https://example.org:*",
                              "https://example.org:",
                              "https://example..org",
                              "https://.example.org",
                              "*://example.org",
                              "https://exam ple.org",
                              "https://example.org:99999999",
                              "https://[::1",
                              "https://[x]",
                              "https://*.[::1]"}) {
    const auto made = OriginPolicy::of({std::string(pattern)});
    ASSERT_FALSE(made) << pattern;
    EXPECT_EQ(made.error().code, ErrorCode::invalid_request);
    EXPECT_THAT(made.error().detail, testing::HasSubstr(pattern));
  }
}

}  // namespace
}  // namespace tayori::access
