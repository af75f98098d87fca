#include "generator/tayori_server.h"

#include <algorithm>
#include <string_view>

#include "generator/failure.h"
#include "generator/websocket_opening.h"

namespace tayori::bench {
namespace {

constexpr std::string_view kApiKey = "bench-api-key-that-guards-nothing";
constexpr std::string_view kTokensKey = "bench-tokens-key-that-guards-nothing";

/// Connections that wait for the server at a time, well below any listener's backlog.
constexpr std::size_t kWave = 200;
/// Requests that wait for the server at a time.
constexpr std::size_t kPipeline = 50;

ChildCommand serve_command(const Programs& programs, const Probe* probe) {
  ChildCommand command{.program = programs.tayori,
                       .arguments = {"serve", "--public", "127.0.0.1:0", "--internal",
                                     "127.0.0.1:0", "--loops", "1"},
                       .environment = {"TAYORI_INTERNAL_API_KEY=" + std::string(kApiKey),
                                       "TAYORI_TOKENS_KEY=" + std::string(kTokensKey)}};
  if (probe != nullptr) {
    for (auto& variable : probe->environment()) command.environment.push_back(variable);
  }
  return command;
}

const std::string& message() {
  static const std::string kText(kMessageBytes, 'x');
  return kText;
}

std::string client_id(std::size_t number) { return "page-" + std::to_string(number); }

/// The body of a send_message, which is also one entry of a batch.
std::string send_to(const std::string& client) {
  return R"({"client_id":")" + client + R"(","message":")" + message() + R"("})";
}

std::string send_message_request(const std::string& client) {
  return post_request("/v1/send_message", kApiKey, send_to(client));
}

/// The member `token` of an answer; a token needs no unescaping.
std::string token_in(const std::string& answer) {
  constexpr std::string_view kMember = R"("token":")";
  const std::size_t member = answer.find(kMember);
  if (member == std::string::npos) throw Failure("no token in: " + answer);
  const std::size_t begin = member + kMember.size();
  return answer.substr(begin, answer.find('"', begin) - begin);
}

/// The port in a line such as "public  http://127.0.0.1:8080/"; 0 in any other line.
std::uint16_t port_in(const std::string& line, std::string_view listener) {
  constexpr std::string_view kLoopback = "http://127.0.0.1:";
  const std::size_t address = line.find(kLoopback);
  if (!line.starts_with(listener) || address == std::string::npos) return 0;
  return static_cast<std::uint16_t>(std::stoul(line.substr(address + kLoopback.size())));
}

}  // namespace

TayoriServer::TayoriServer(const Programs& programs, const Probe* probe)
    : process_(serve_command(programs, probe)), meter_(process_.pid()) {
  while (public_port_ == 0 || internal_port_ == 0) {
    const std::string line = process_.read_line();
    public_port_ = std::max(public_port_, port_in(line, "public"));
    internal_port_ = std::max(internal_port_, port_in(line, "internal"));
  }
  for (std::size_t i = 0; i < kPublishers; ++i) publishers_.emplace_back(internal_port_);
}

TayoriServer::Tokens TayoriServer::create_channels(std::size_t count) {
  Tokens tokens;
  while (tokens.size() < count) {
    const std::size_t asked = std::min(kPipeline, count - tokens.size());
    std::string requests;
    for (std::size_t i = 0; i < asked; ++i) {
      const std::string body = R"({"client_id":")" + client_id(channels_created_++) + R"("})";
      requests += post_request("/v1/create_channel", kApiKey, body);
    }
    publishers_.front().write(requests);
    for (const auto& answer : publishers_.front().take_answers(asked))
      tokens.push_back(token_in(answer));
  }
  return tokens;
}

void TayoriServer::open(const Tokens& tokens, std::size_t missed) {
  for (std::size_t first = 0; first < tokens.size(); first += kWave) {
    open_wave(tokens, first, std::min(kWave, tokens.size() - first), missed);
  }
}

void TayoriServer::open_wave(const Tokens& tokens, std::size_t first, std::size_t count,
                             std::size_t missed) {
  const std::size_t start = sessions_.size();
  sessions_.connect(public_port_, count);
  for (std::size_t i = 0; i < count; ++i) sessions_.write(start + i, upgrade_request(public_port_));
  meter_.wait_until_quiet();
  for (std::size_t i = 0; i < count; ++i) sessions_.read_upgrade(start + i);
  for (std::size_t i = 0; i < count; ++i)
    sessions_.write(start + i, token_frame(tokens[first + i]));
  meter_.wait_until_quiet();
  sessions_.read(count, count * missed);
}

std::string TayoriServer::next_client() {
  std::string client = client_id(next_to_post_);
  next_to_post_ = (next_to_post_ + 1) % sessions_.size();
  return client;
}

void TayoriServer::post_each(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) publishers_[i].write(send_message_request(next_client()));
}

void TayoriServer::post_batches(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    std::string body = R"({"sends":[)";
    for (std::size_t entry = 0; entry < kBatch; ++entry) {
      if (entry > 0) body += ',';
      body += send_to(next_client());
    }
    body += "]}";
    publishers_[i].write(post_request("/v1/batch", kApiKey, body));
  }
}

void TayoriServer::take_post_answers(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) publishers_[i].take_answers(1);
}

void TayoriServer::broadcast(std::size_t in_flight) {
  static const std::string kRequest =
      post_request("/v1/broadcast", kApiKey, R"({"message":")" + message() + R"("})");
  std::string requests;
  for (std::size_t i = 0; i < in_flight; ++i) requests += kRequest;
  publishers_.front().write(requests);
}

void TayoriServer::send_to_nobody() {
  static const std::string kRequest = send_message_request("nobody");
  publishers_.front().write(kRequest);
}

void TayoriServer::take_answers(std::size_t count) { publishers_.front().take_answers(count); }

}  // namespace tayori::bench
