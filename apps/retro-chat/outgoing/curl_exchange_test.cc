#include "outgoing/curl_exchange.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

namespace retrochat {
namespace {

/// Takes one connection on loopback, reads what comes first, and answers with `answer`; with an empty one, never.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 1);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~OneAnswer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;

  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  void serve() {
    const int peer = ::accept(listener_, nullptr, nullptr);
    if (peer < 0) return;
    std::string buffer(4096, '\0');
    while (::read(peer, buffer.data(), buffer.size()) > 0) {
      if (answer_.empty()) continue;  // Until the other side gives up.
      (void)::send(peer, answer_.data(), answer_.size(), MSG_NOSIGNAL);
      break;
    }
    ::close(peer);
  }

  const std::string answer_;
  int listener_ = -1;
  std::string url_;
  std::thread thread_;
};

std::string why(const WebResult& result) {
  const auto* failure = std::get_if<WebFailure>(&result);
  return failure != nullptr ? failure->why : "";
}

WebFailure::Kind kind(const WebResult& result) { return std::get<WebFailure>(result).kind; }

TEST(CurlExchange, brings_status_body_and_when_to_come_again) {
  const OneAnswer server("HTTP/1.1 201 Created\r\nRetry-After:  7 \r\nContent-Length: 2\r\n\r\nok");
  const auto result = curl_exchange()({.method = "POST", .url = server.url(), .body = "a=b"});
  ASSERT_EQ(why(result), "");
  const auto& answer = std::get<WebAnswer>(result);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, "ok");
  EXPECT_EQ(answer.retry_after, std::chrono::seconds{7});
}

TEST(CurlExchange, follows_no_redirect) {
  const OneAnswer elsewhere("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
  const OneAnswer server("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() +
                         "\r\nContent-Length: 0\r\n\r\n");
  const auto result = curl_exchange()({.url = server.url()});
  ASSERT_EQ(why(result), "");
  EXPECT_EQ(std::get<WebAnswer>(result).status, 302);
  EXPECT_EQ(std::get<WebAnswer>(result).body, "");
}

TEST(CurlExchange, reads_no_more_of_an_answer_than_it_may) {
  const OneAnswer server("HTTP/1.1 202 Accepted\r\n\r\n" + std::string(9, 'x'));
  const auto result = curl_exchange({.answer_bytes = 8})({.url = server.url()});
  ASSERT_EQ(why(result), "");
  const auto& answer = std::get<WebAnswer>(result);
  EXPECT_EQ(answer.status, 202);
  EXPECT_TRUE(answer.is_cut);
  EXPECT_EQ(answer.body, std::string(8, 'x'));
}

TEST(CurlExchange, reads_an_answer_of_just_the_length_whole) {
  const OneAnswer server("HTTP/1.1 200 OK\r\n\r\n" + std::string(8, 'x'));
  const auto result = curl_exchange({.answer_bytes = 8})({.url = server.url()});
  ASSERT_EQ(why(result), "");
  EXPECT_FALSE(std::get<WebAnswer>(result).is_cut);
}

TEST(CurlExchange, gives_up_on_who_never_answers) {
  const OneAnswer server("");
  const auto result =
      curl_exchange({.total = std::chrono::milliseconds{50}})({.url = server.url()});
  EXPECT_NE(why(result), "");
  EXPECT_EQ(kind(result), WebFailure::Kind::timed_out);
}

TEST(CurlExchange, gives_up_when_asked_to_stop) {
  const OneAnswer server("");
  std::stop_source stop;
  stop.request_stop();
  const auto result = curl_exchange()({.url = server.url(), .stop = stop.get_token()});
  EXPECT_NE(why(result), "");
  EXPECT_EQ(kind(result), WebFailure::Kind::unreachable);
}

TEST(CurlExchange, says_that_nobody_is_there) {
  EXPECT_EQ(kind(curl_exchange()({.url = "http://127.0.0.1:1/"})), WebFailure::Kind::unreachable);
}

TEST(CurlExchange, asks_of_every_address_before_it_goes_there) {
  const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  int family = 0;
  const auto none = curl_exchange({.reach = {.peer = [&family](const sockaddr& peer) {
                                     family = peer.sa_family;
                                     return false;
                                   }}});
  const auto result = none({.url = server.url()});
  EXPECT_EQ(why(result), "the address is not one to go to");
  EXPECT_EQ(kind(result), WebFailure::Kind::forbidden);
  EXPECT_EQ(family, AF_INET);
  EXPECT_EQ(why(curl_exchange()({.url = server.url()})), "") << "nobody had come before";
}

TEST(CurlExchange, passes_by_proxies_of_the_environment) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  EXPECT_EQ(why(curl_exchange()({.url = server.url()})), "");
  ::unsetenv("http_proxy");
}

TEST(CurlExchange, sends_nothing_where_others_could_listen) {
  const auto result = curl_exchange()({.url = "http://example.test/"});
  EXPECT_EQ(kind(result), WebFailure::Kind::forbidden);
  const auto by_itself = curl_exchange({.reach = {.url = [](auto) { return true; }}});
  EXPECT_EQ(kind(by_itself({.url = "file:///etc/hostname"})), WebFailure::Kind::unreachable);
  EXPECT_EQ(kind(by_itself({.url = "https://a.example:99999/"})), WebFailure::Kind::forbidden);
}

TEST(SafeAddress, is_https_or_this_machine) {
  for (const char* good : {"https://example.org/a?b=c", "http://127.0.0.1:8080/", "http://[::1]/",
                           "http://localhost:1/x", "HTTPS://example.org"})
    EXPECT_TRUE(is_safe_address(good)) << good;
  for (const char* bad :
       {"http://example.org/", "http://127.0.0.1.example.org/", "http://localhost.example.org/",
        "https://user@example.org/", "http://127.0.0.1@example.org/", "ftp://example.org/",
        "file:///etc/passwd", "/path", "", "https://", "https://example.org/#x",
        "javascript:alert(1)", "https://exa mple.org/"})
    EXPECT_FALSE(is_safe_address(bad)) << bad;
}

TEST(FormEncoded, escapes_everything_that_means_something) {
  EXPECT_EQ(form_encoded({{"a b", "c&d=e+f/\xE3\x81\x82"}, {"g", "h-._~"}}),
            "a%20b=c%26d%3De%2Bf%2F%E3%81%82&g=h-._~");
}

}  // namespace
}  // namespace retrochat
