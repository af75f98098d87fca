// What every SDK for backends passes, passed by tayori::Client.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "expectation.h"
#include "polling_page.h"
#include "sdk_calls.h"
#include "tayori/server.h"

namespace tayori::scenarios {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr const char* kKey = "the key of backends";

struct Scenario {
  std::string name;
  array steps;
};
void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

std::vector<Scenario> scenarios() {
  std::ifstream file(TAYORI_SOURCE_DIR "/spec/scenarios/backend.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto parsed = base::parse_json(text);
  std::vector<Scenario> list;
  for (const value& each : parsed.value->at("scenarios").as_array())
    list.push_back({std::string(each.at("name").as_string()), each.at("steps").as_array()});
  return list;
}

std::uint16_t port_of(const std::string& url) {
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

class BackendScenario : public testing::TestWithParam<Scenario> {
 protected:
  BackendScenario()
      : server_({.public_listen = "127.0.0.1:0",
                 .internal_listen = "127.0.0.1:0",
                 .internal_api_key = kKey,
                 .loops = 2}) {
    const Outcome started = server_.start();
    EXPECT_TRUE(started) << started.error().detail;
    running_ = std::thread([this] { server_.run_until_signal(); });
    client_.emplace(ClientOptions{.url = server_.internal_url(), .api_key = kKey});
    calls_.emplace(*client_);
  }
  ~BackendScenario() override {
    // Before the server, which waits for connections to end.
    pages_.clear();
    client_.reset();
    server_.stop();
    running_.join();
  }

  void step(const object& given) {
    const object step = filled_in(given).as_object();
    if (step.contains("call")) return call(step);
    const std::string name(step.at("page").as_string());
    if (step.contains("opens")) {
      const std::string token(step.at("opens").as_string());
      pages_.try_emplace(name, port_of(server_.public_url()), token);
      return pages_.at(name).poll(0);
    }
    PollingPage& page = pages_.at(name);
    if (step.contains("hears")) return hear(page, step.at("hears").as_array());
    if (step.contains("ends")) {
      page.until([&] { return !page.end().empty(); });
      EXPECT_EQ(page.end(), std::string(step.at("ends").as_string()));
      return;
    }
    ASSERT_TRUE(step.contains("leaves")) << "a step of no known kind";
    EXPECT_EQ(page.leave(), 204);
  }

 private:
  void call(const object& step) {
    const auto told = calls_->call(step.at("call").as_string(), step.at("with").as_object());
    if (step.contains("error")) {
      ASSERT_FALSE(told) << serialize(*told);
      EXPECT_EQ(facts(told.error().code).name, std::string(step.at("error").as_string()));
      EXPECT_FALSE(told.error().is_unanswered);
      return;
    }
    ASSERT_TRUE(told) << facts(told.error().code).name << ": " << told.error().detail;
    if (step.contains("expect")) {
      EXPECT_EQ(mismatch(step.at("expect"), *told), "");
    }
    if (HasFailure()) return;
    if (!step.contains("keep")) return;
    for (const auto& kept : step.at("keep").as_object())
      kept_[std::string(kept.key())] = member(*told, std::string(kept.value().as_string()));
  }

  static void hear(PollingPage& page, const array& expected) {
    if (expected.empty()) page.poll(0);
    page.until([&] { return page.messages() >= expected.size() || !page.end().empty(); });
    std::vector<std::string> messages;
    for (const value& each : expected) messages.emplace_back(each.as_string());
    EXPECT_EQ(page.take_messages(), messages);
    EXPECT_EQ(page.end(), "");
  }

  /// "a.0.b" of an answer.
  static value member(const value& answer, const std::string& path) {
    std::string pointer = "/" + path;
    std::ranges::replace(pointer, '.', '/');
    return answer.at_pointer(pointer);
  }

  /// `given` with what {run} and $names in it stand for.
  [[nodiscard]] value filled_in(const value& given) const {
    if (given.is_string()) return filled_in(std::string(given.get_string()));
    if (given.is_array()) {
      array list;
      for (const value& each : given.get_array()) list.push_back(filled_in(each));
      return list;
    }
    if (!given.is_object()) return given;
    object filled;
    for (const auto& each : given.get_object()) filled[each.key()] = filled_in(each.value());
    return filled;
  }
  [[nodiscard]] value filled_in(std::string text) const {
    // The server is new for each scenario, and with it any word.
    constexpr std::string_view kRun = "{run}";
    for (std::size_t at = text.find(kRun); at != std::string::npos; at = text.find(kRun))
      text.replace(at, kRun.size(), "new");
    const auto kept = text.starts_with('$') ? kept_.find(text.substr(1)) : kept_.end();
    return kept == kept_.end() ? value(text) : kept->second;
  }

  Server server_;
  std::thread running_;
  std::optional<Client> client_;
  std::optional<SdkCalls> calls_;
  std::map<std::string, value> kept_;
  std::map<std::string, PollingPage> pages_;
};

TEST_P(BackendScenario, is_passed) {
  std::size_t number = 0;
  for (const value& each : GetParam().steps) {
    SCOPED_TRACE("step " + std::to_string(number++) + ": " + serialize(each));
    step(each.as_object());
    if (HasFailure()) return;
  }
}

std::string name_of(const testing::TestParamInfo<Scenario>& scenario) {
  std::string name = scenario.param.name;
  std::ranges::replace_if(
      name, [](unsigned char one) { return std::isalnum(one) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Backend, BackendScenario, testing::ValuesIn(scenarios()), name_of);

}  // namespace
}  // namespace tayori::scenarios
