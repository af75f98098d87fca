// PollingPage: a page that is made of nothing but long polls.
//
// Threads: one at a time.
// Source:  spec/protocol.md 3.2
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "net/http_answer.h"
#include "net/loopback_peer.h"

namespace tayori::scenarios {

class PollingPage {
 public:
  PollingPage(std::uint16_t port, std::string token) : peer_(port), token_(std::move(token)) {}

  /// One poll, held for `wait_s` at most.
  void poll(int wait_s) {
    boost::json::object opening{{"token", token_}, {"session", session_}, {"wait_s", wait_s}};
    if (!cursor_.empty()) opening["cursor"] = cursor_;
    const net::HttpAnswer answer = post("poll", opening);
    const auto parsed = base::parse_json(answer.body);
    if (answer.status != 200) {
      if (parsed) end_ = parsed.value->at("code").as_string();
      return;
    }
    for (const auto& frame : parsed.value->as_array()) take(std::string(frame.as_string()));
  }
  /// Polls until `condition` holds; false when many polls have not brought it about.
  template <typename Condition>
  bool until(Condition condition) {
    for (int polls = 0; polls < 20 && !condition(); ++polls) poll(3);
    return condition();
  }
  /// Says goodbye; the status of the answer.
  int leave() { return post("close", {{"token", token_}, {"session", session_}}).status; }

  /// What was heard since the last take.
  std::vector<std::string> take_messages() { return std::exchange(messages_, {}); }
  [[nodiscard]] std::size_t messages() const { return messages_.size(); }
  /// The name of the error that has ended the channel, or "".
  [[nodiscard]] const std::string& end() const { return end_; }

 private:
  net::HttpAnswer post(std::string_view name, const boost::json::object& body) {
    const std::string text = boost::json::serialize(body);
    peer_.send("POST /_ah/channel/" + std::string(name) +
               " HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: " +
               std::to_string(text.size()) + "\r\n\r\n" + text);
    return await_answer(peer_);
  }

  void take(const std::string& frame) {
    const std::string_view rest = std::string_view(frame).substr(1);
    if (frame.starts_with('m')) {
      const std::size_t line = rest.find('\n');
      cursor_ = cursor_.substr(0, cursor_.find('-') + 1) + std::string(rest.substr(0, line));
      messages_.emplace_back(rest.substr(line + 1));
      return;
    }
    if (!frame.starts_with('o') && !frame.starts_with('e')) return;
    const auto told = base::parse_json(rest);
    if (frame.starts_with('e')) {
      end_ = told.value->at("name").as_string();
      return;
    }
    session_ = told.value->at("session").as_string();
    cursor_ = told.value->at("cursor").as_string();
  }

  net::LoopbackPeer peer_;
  const std::string token_;
  std::string session_;
  std::string cursor_;
  std::vector<std::string> messages_;
  std::string end_;
};

}  // namespace tayori::scenarios
