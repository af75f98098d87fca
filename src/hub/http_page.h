// HttpPage: a page that listens over plain HTTP, on one end of a pipe whose other end is a loop's, for tests.
//
// Between the two stands HTTP, and nothing of what `api` adds. What the page is told is as in told.h; besides, "end"
// for the end of its connection, the status of an answer that has no frames, and a refusal as the `e` that it stands for.
//
// Threads: one at a time.
// Source:  spec/protocol.md 3
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "hub/hub_fixture.h"
#include "net/http_answer.h"
#include "net/http_connection.h"

namespace tayori::hub {

/// Lets pages in as the API does.
class HttpDoor final : public net::HttpHandler {
 public:
  explicit HttpDoor(LoopHub& home) : home_(home) {}

 private:
  void on_request(HttpRequest request, net::HttpExchange exchange) override {
    auto opening = session::parse_opening(request.body);
    CHECK(opening, "a test asks as the protocol says");
    const auto wait = opening->wait.value_or(session::kLongestWait);
    const auto arrival = home_.admit(std::move(*opening));
    CHECK(arrival, "a test brings a good token");
    const HttpResponse head{.status = 200, .reason = {}, .fields = {}, .body = {}};
    if (request.path == "/sse") return home_.stream(exchange.stream(head), *arrival);
    if (request.path == "/poll") return home_.poll(std::move(exchange), head, wait, *arrival);
    if (request.path == "/ack") {
      home_.confirm(*arrival);
    } else {
      home_.close(*arrival);
    }
    exchange.respond({.status = 204, .reason = {}, .fields = {}, .body = {}});
  }
  HttpResponse on_bad_request(const Error& error) override {
    return HttpResponse::text(400, error.detail);
  }

  LoopHub& home_;
};

/// What a page says of itself.
struct Asking {
  std::string token;
  std::optional<std::string> cursor = {};
  std::optional<std::string> session = {};
  std::optional<int> wait_s = {};

  [[nodiscard]] std::string json() const {
    std::string text = R"({"token":")" + token + '"';
    if (cursor) text += R"(,"cursor":")" + *cursor + '"';
    if (session) text += R"(,"session":")" + *session + '"';
    if (wait_s) text += R"(,"wait_s":)" + std::to_string(*wait_s);
    return text + "}";
  }
};

class HttpPage {
 public:
  enum class Pipe { wide, narrow };

  explicit HttpPage(LoopHub& home, Pipe pipe = Pipe::wide) : door_(home) {
    if (pipe == Pipe::narrow) end_.narrow();
    std::make_shared<net::HttpConnection>(home.loop(), end_.server_end(home.loop()), "test", door_,
                                          limits_)
        ->start();
  }

  void ask(std::string_view path, const Asking& asking) {
    const std::string body = asking.json();
    end_.write("POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  void hang_up() { end_.hang_up(); }

  /// What was told since the last call, once a whole answer or event of it has come.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    bytes_ += end_.take_bytes();
    while (is_stream_ ? take_event(all) : take_answer(all)) continue;
    if (end_.end() != Browser::End::none && !std::exchange(has_ended_, true)) all.push_back("end");
    return all;
  }
  /// The word for its session, as the last `o` gave it.
  [[nodiscard]] const std::string& session() const { return session_; }
  /// The place that the last of what was told left the page at.
  [[nodiscard]] const std::string& cursor() const { return cursor_; }
  /// What the last `e` said.
  [[nodiscard]] const std::string& description() const { return description_; }
  /// Bytes of the last answer's body.
  [[nodiscard]] std::size_t answer_bytes() const { return answer_bytes_; }
  [[nodiscard]] session::BrowserEnd& end() { return end_; }

 private:
  bool take_answer(std::vector<std::string>& all) {
    const auto answer = net::take_answer(bytes_);
    if (!answer) return false;
    if (answer->status >= 400) {
      const auto problem = base::parse_json(answer->body);
      CHECK(problem, "a refusal is a problem document");
      description_ = problem.value->at("description").as_string();
      all.push_back("e " + std::string(problem.value->at("code").as_string()));
      return true;
    }
    if (answer->status != 200) {
      all.push_back(std::to_string(answer->status));
      return true;
    }
    is_stream_ = answer->field("Content-Length").empty();
    if (is_stream_) return true;
    answer_bytes_ = answer->body.size();
    const auto frames = base::parse_json(answer->body);
    CHECK(frames && frames.value->is_array(), "an answer is an array");
    for (const auto& frame : frames.value->get_array()) take(all, std::string(frame.as_string()));
    return true;
  }

  bool take_event(std::vector<std::string>& all) {
    const std::size_t end = bytes_.find("\n\n");
    if (end == std::string::npos) return false;
    const std::string event = bytes_.substr(0, end + 1);
    bytes_.erase(0, end + 2);
    std::string name;
    std::optional<std::string> data;
    for (std::size_t at = 0; at < event.size();) {
      const std::string line = event.substr(at, event.find('\n', at) - at);
      at += line.size() + 1;
      if (line.starts_with("event: ")) name = line.substr(7);
      if (line.starts_with("id: ")) cursor_ = line.substr(4);
      if (line.starts_with("data: ")) data = (data ? *data + "\n" : "") + line.substr(6);
    }
    if (event == ":\n") {
      all.push_back("h");
    } else if (name.empty()) {
      take(all, "m" + cursor_.substr(cursor_.find('-') + 1) + "\n" + data.value_or(""));
    } else {
      take(all, kind_of(name) + data.value_or(""));
    }
    return true;
  }

  static std::string kind_of(std::string_view event) {
    return event == "opened" ? "o" : event == "gap" ? "g" : event == "ask" ? "a" : "e";
  }

  void take(std::vector<std::string>& all, const std::string& frame) {
    const auto member = [&](const char* name) {
      return std::string(told_value(frame).at(name).as_string());
    };
    if (frame.starts_with("o{")) {
      session_ = session_told(frame);
      cursor_ = member("cursor");
    } else if (frame.starts_with("g{")) {
      cursor_ = member("to");
    } else if (frame.starts_with('m')) {
      cursor_ = "e1-" + frame.substr(1, frame.find('\n') - 1);
    } else if (frame.starts_with("e{")) {
      description_ = description_told(frame);
    }
    all.push_back(hub::told({net::Opcode::text, frame}));
  }

  HttpDoor door_;
  const net::HttpLimits limits_;
  session::BrowserEnd end_;
  std::string bytes_;
  bool is_stream_ = false;
  bool has_ended_ = false;
  std::string session_;
  std::string cursor_;
  std::string description_;
  std::size_t answer_bytes_ = 0;
};

/// A hub whose pages come over HTTP, too.
class HttpPagesTest : public HubTest {
 protected:
  HttpPage& http(std::size_t loop = 0, HttpPage::Pipe pipe = HttpPage::Pipe::wide) {
    return pages_.emplace_back(loop_hub(loop), pipe);
  }
  /// A page on server-sent events that has been told that it is open.
  HttpPage& stream(const Asking& asking, std::size_t loop = 0,
                   HttpPage::Pipe pipe = HttpPage::Pipe::wide) {
    HttpPage& page = http(loop, pipe);
    page.ask("/sse", asking);
    turn();
    EXPECT_EQ(page.told().size(), 1U) << "o, and nothing else";
    return page;
  }
  /// A page whose poll is held.
  HttpPage& held(const Asking& asking, std::size_t loop = 0) {
    HttpPage& page = http(loop);
    page.ask("/poll", asking);
    turn();
    EXPECT_EQ(page.told().size(), 0U);
    return page;
  }
  /// What `page` is told to a poll that is answered at once.
  std::vector<std::string> polled(HttpPage& page, const Asking& asking) {
    page.ask("/poll", asking);
    turn();
    return page.told();
  }
  std::uint64_t sessions() {
    std::uint64_t sum = 0;
    for (const auto& loop : hub_->loops()) sum += loop->counters().sessions_open.value();
    return sum;
  }

  std::deque<HttpPage> pages_;
};

}  // namespace tayori::hub
