// A whole Chat in memory, visited by browsers that keep cookies; without a network.
//
// Threads: one test's only.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "rooms/push_for_tests.h"
#include "store/store_for_tests.h"
#include "text/local_path.h"
#include "web/chat.h"

namespace retrochat {

class HouseForTests {
 public:
  explicit HouseForTests(std::string public_url = "", ChannelScript channel_script = {}) {
    ChatOptions options;
    options.channel_script = std::move(channel_script);
    options.public_url = std::move(public_url);
    options.version = "0.0";
    options.passphrase_cost = PassphraseCost::least();
    options.clock = time.clock();
    options.complain = [](std::string_view why) { ADD_FAILURE() << why; };
    auto opened = Chat::open(options, pushed.push());
    if (const auto* wrong = std::get_if<std::string>(&opened)) throw std::runtime_error(*wrong);
    chat = std::get<std::unique_ptr<Chat>>(std::move(opened));
    routes_ = chat->routes();
  }

  /// As Tayori's router does: a literal segment wins over a name.
  tayori::HttpResponse answer(tayori::HttpRequest request) {
    const Route* best = nullptr;
    std::vector<tayori::HttpField> best_values;
    for (const Route& route : routes_) {
      std::vector<tayori::HttpField> values;
      if (route.method != request.method || !matches(route.pattern, request.path, values)) continue;
      // A literal further to the left wins, which with our patterns means: fewer names.
      if (best != nullptr && best_values.size() <= values.size()) continue;
      best = &route;
      best_values = std::move(values);
    }
    if (best == nullptr) return tayori::HttpResponse::text(404, "no route");
    request.path_values = std::move(best_values);
    return best->handler(request);
  }

  ManualClock time;
  PushForTests pushed;
  std::unique_ptr<Chat> chat;

 private:
  static std::vector<std::string> split(const std::string& path) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at != std::string::npos) {
      const std::size_t next = path.find('/', at + 1);
      parts.push_back(path.substr(at, next - at));
      at = next;
    }
    return parts;
  }

  static bool matches(const std::string& pattern, const std::string& path,
                      std::vector<tayori::HttpField>& values) {
    const auto wanted = split(pattern);
    const auto given = split(path);
    if (wanted.size() != given.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].starts_with("/{")) {
        values.push_back({wanted[i].substr(2, wanted[i].size() - 3), given[i].substr(1)});
      } else if (wanted[i] != given[i]) {
        return false;
      }
    }
    return true;
  }

  Routes routes_;
};

/// One browser: keeps cookies, says where forms come from, finds form tokens on pages.
class BrowserForTests {
 public:
  explicit BrowserForTests(HouseForTests& house) : house_(house) {}

  /// Further fields of every request, such as Accept.
  std::map<std::string, std::string> fields{{"Host", "chat.test"}, {"Accept-Language", "en"}};
  std::string peer = "192.0.2.1";

  tayori::HttpResponse get(const std::string& address) {
    const std::size_t query = address.find('?');
    tayori::HttpRequest request;
    request.method = "GET";
    request.path = address.substr(0, query);
    if (query != std::string::npos) request.query = address.substr(query + 1);
    return send(std::move(request));
  }

  tayori::HttpResponse post(const std::string& path, std::map<std::string, std::string> form) {
    tayori::HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.fields.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    for (const auto& [name, value] : form) {
      if (!request.body.empty()) request.body += '&';
      request.body += name + "=" + LocalPath::escaped_for_query(value);
    }
    return send(std::move(request));
  }

  /// With the form token of this browser's session.
  tayori::HttpResponse submit(const std::string& path,
                              std::map<std::string, std::string> form = {}) {
    form["form_token"] = form_token();
    return post(path, std::move(form));
  }

  tayori::HttpResponse sign_up(const std::string& handle) {
    return post("/sign-up", {{"handle", handle}, {"passphrase", "a few words in a row"}});
  }

  std::string form_token() { return hidden("form_token", get("/").body); }

  /// The value of the hidden field `name` of a page, or "".
  static std::string hidden(const std::string& name, const std::string& page) {
    return between("name=\"" + name + "\" value=\"", "\"", page);
  }

  /// What stands in `text` between `before` and the next `after`, or "".
  static std::string between(const std::string& before, const std::string& after,
                             const std::string& text) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos) return "";
    const std::size_t first = at + before.size();
    return text.substr(first, text.find(after, first) - first);
  }

  static std::string field(const tayori::HttpResponse& response, std::string_view name) {
    for (const auto& each : response.fields) {
      if (each.name == name) return each.value;
    }
    return "";
  }

  std::map<std::string, std::string> cookies;

 private:
  tayori::HttpResponse send(tayori::HttpRequest request) {
    request.peer = peer;
    for (const auto& [name, value] : fields) request.fields.push_back({name, value});
    std::string jar;
    for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) request.fields.push_back({"Cookie", jar});
    auto response = house_.answer(std::move(request));
    for (const auto& each : response.fields) {
      if (each.name == "Set-Cookie") keep(each.value);
    }
    return response;
  }

  void keep(const std::string& cookie) {
    const std::size_t equals = cookie.find('=');
    const std::string name = cookie.substr(0, equals);
    const std::string value = cookie.substr(equals + 1, cookie.find(';') - equals - 1);
    if (value.empty()) {
      cookies.erase(name);
    } else {
      cookies[name] = value;
    }
  }

  HouseForTests& house_;
};

}  // namespace retrochat
