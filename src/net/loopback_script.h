// LoopbackScript: a server on 127.0.0.1 that says, byte for byte, what a test has it say; HTTP or not.
//
// Threads: the test's only; what asks it runs on another.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace tayori::net {

class LoopbackScript {
 public:
  LoopbackScript()
      : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}), peer_(context_) {}

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }

  /// Waits for the next connection.
  void accept() { peer_ = acceptor_.accept(); }
  /// Waits for a whole request on the connection; "" when it ends before.
  std::string request() {
    std::string text;
    while (!is_whole(text)) {
      std::array<char, 4'096> piece{};
      boost::system::error_code error;
      text.append(piece.data(), peer_.read_some(boost::asio::buffer(piece), error));
      if (error) return "";
    }
    return text;
  }
  void say(std::string_view bytes) {
    boost::system::error_code gone;
    boost::asio::write(peer_, boost::asio::buffer(bytes), gone);
  }
  void close() { peer_.close(); }

 private:
  static bool is_whole(const std::string& text) {
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const std::size_t end = text.find("\r\n\r\n");
    const std::size_t length = text.find(kLength);
    if (end == std::string::npos || length == std::string::npos) return false;
    std::size_t body = 0;
    std::from_chars(text.data() + length + kLength.size(), text.data() + end, body);
    return text.size() == end + 4 + body;
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket peer_;
};

}  // namespace tayori::net
