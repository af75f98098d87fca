#include "generator/answer_reader.h"

#include <gtest/gtest.h>

#include "generator/failure.h"

namespace tayori::bench {
namespace {

constexpr std::string_view kTwoAnswers =
    "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-LENGTH: 5\r\n\r\nhello"
    "HTTP/1.1 429 Too Many Requests\r\nContent-Length:0\r\n\r\n";

TEST(AnswerReader, takes_pipelined_answers_one_by_one) {
  AnswerReader reader;
  reader.feed(kTwoAnswers);
  const auto first = reader.take();
  const auto second = reader.take();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "hello");
  EXPECT_EQ(second->status, 429);
  EXPECT_EQ(second->body, "");
  EXPECT_FALSE(reader.take());
}

TEST(AnswerReader, waits_for_the_last_byte) {
  AnswerReader reader;
  std::size_t answers = 0;
  for (const char byte : kTwoAnswers) {
    reader.feed({&byte, 1});
    if (reader.take()) ++answers;
  }
  EXPECT_EQ(answers, 2u);
}

TEST(AnswerReader, refuses_what_it_cannot_delimit) {
  AnswerReader no_length;
  no_length.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_THROW(no_length.take(), Failure);
  AnswerReader bad_length;
  bad_length.feed("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
  EXPECT_THROW(bad_length.take(), Failure);
  AnswerReader no_answer;
  no_answer.feed("hello\r\n\r\n");
  EXPECT_THROW(no_answer.take(), Failure);
}

}  // namespace
}  // namespace tayori::bench
