#include "base/hmac_sha256.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace tayori::base {
namespace {

struct Vector {
  std::string key;
  std::string text;
  const char* signature;
};

// RFC 4231: cases 1, 2, 3, 6 and 7; RFC 2104 with nothing at all last.
const Vector kVectors[] = {
    {std::string(20, '\x0B'), "Hi There",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {std::string(20, '\xAA'), std::string(50, '\xDD'),
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {std::string(131, '\xAA'), "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {std::string(131, '\xAA'),
     "This is a test using a larger than block-size key and a larger than block-size data. The key "
     "needs to be hashed before being used by the HMAC algorithm.",
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
};

TEST(HmacSha256, gives_the_vectors_of_rfc_4231) {
  for (const Vector& vector : kVectors) {
    EXPECT_EQ(hex(HmacSha256(vector.key).sign(vector.text)), vector.signature);
  }
}

TEST(HmacSha256, signs_again_and_again_with_one_key) {
  const HmacSha256 key("Jefe");
  const auto first = key.sign("a");
  EXPECT_NE(first, key.sign("b"));
  EXPECT_EQ(first, key.sign("a"));
}

TEST(HmacSha256, may_be_used_by_several_threads) {
  const HmacSha256 key(kVectors[1].key);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&key] {
      for (int turn = 0; turn < 200; ++turn) {
        EXPECT_EQ(hex(key.sign(kVectors[1].text)), kVectors[1].signature);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace tayori::base
