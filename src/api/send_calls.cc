#include "api/send_calls.h"

#include <atomic>
#include <chrono>
#include <utility>

#include "api/address.h"
#include "api/answer_json.h"
#include "api/call_arguments.h"
#include "session/problem_json.h"

namespace tayori::api {
namespace {

constexpr std::size_t kBatchMax = 1'000;
constexpr std::int64_t kWaitDefault = 10;
constexpr std::int64_t kWaitMax = 60;

/// How a client id is named where one of its tokens does, too.
ReadClient addressee_of(const Backend& backend) {
  return [&hub = backend.hub](JsonBody& body) -> Result<ClientId> {
    const auto address = body.string("client_id", ErrorCode::invalid_client_id);
    if (!address) return address.error();
    return addressee(*address, hub);
  };
}

/// What is sent to `topic`.
Result<hub::Send> send_of(const Backend& backend, JsonBody& body, Result<broker::Topic> topic) {
  if (!topic) return topic.error();
  auto text = body.string("message", ErrorCode::invalid_message);
  if (!text) return text.error();
  auto message = Payload::parse(std::move(*text), backend.settings.message_bytes);
  if (!message) return message.error();
  auto key = short_text_of(body, "idempotency_key");
  if (!key) return key.error();
  return hub::Send{.topic = std::move(*topic),
                   .message = std::move(*message),
                   .idempotency_key = std::move(*key),
                   .wait = {}};
}

/// How long a send waits to be confirmed, if it does.
Result<std::optional<std::chrono::seconds>> wait_of(const JsonBody& body) {
  const auto what = body.optional_string("wait", ErrorCode::invalid_request);
  if (!what) return what.error();
  const auto timeout = body.whole_number("timeout_s", ErrorCode::invalid_request);
  if (!timeout) return timeout.error();
  if (*what && **what != "ack")
    return Error::of(ErrorCode::invalid_request, "wait has to be \"ack\" where it is given.");
  if (*timeout && (!*what || **timeout < 1 || **timeout > kWaitMax))
    return Error::of(ErrorCode::invalid_request,
                     "timeout_s has to be a whole number from 1 to 60, beside wait.");
  if (!*what) return std::optional<std::chrono::seconds>{};
  return std::optional(std::chrono::seconds(timeout->value_or(kWaitDefault)));
}

void publish(const Backend& backend, Result<hub::Send> send, const Answer& answer) {
  if (!send) return answer(send.error());
  backend.hub.publish(std::move(*send), [answer](const Result<Sent>& sent) { answer.of(sent); });
}

void send_message(const Backend& backend, JsonBody body, const Answer& answer) {
  const auto client_id = addressee_of(backend)(body);
  if (!client_id) return answer(client_id.error());
  auto send = send_of(backend, body, broker::Topic::of(*client_id));
  const auto wait = wait_of(body);
  if (send && !wait) return answer(wait.error());
  if (send) send->wait = *wait;
  publish(backend, std::move(send), answer);
}

void send_group(const Backend& backend, JsonBody body, const Answer& answer) {
  const auto group = group_of(body);
  if (!group) return answer(group.error());
  publish(backend, send_of(backend, body, broker::Topic::of(*group)), answer);
}

void broadcast(const Backend& backend, JsonBody body, const Answer& answer) {
  publish(backend, send_of(backend, body, broker::Topic::everyone()), answer);
}

/// The answer to a batch, as its entries come to be known.
class Results {
 public:
  Results(std::size_t count, Answer answer)
      : json_(count), left_(count), answer_(std::move(answer)) {}

  void put(std::size_t place, const Result<Sent>& sent) {
    json_[place] =
        sent ? json_of(*sent) : "{\"error\":" + session::problem_json(sent.error()) + "}";
    // Whoever comes last sees what all others have put.
    if (left_.fetch_sub(1) > 1) return;
    std::string all = R"({"results":[)";
    for (std::size_t i = 0; i < json_.size(); ++i) all.append(i > 0 ? "," : "").append(json_[i]);
    answer_(all += "]}");
  }

 private:
  std::vector<std::string> json_;
  std::atomic<std::size_t> left_;
  const Answer answer_;
};

Result<hub::Send> batch_entry(const Backend& backend, Result<JsonBody>& entry) {
  if (!entry) return entry.error();
  return send_of(backend, *entry, topic_of(*entry, addressee_of(backend)));
}

void batch(const Backend& backend, JsonBody body, const Answer& answer) {
  auto entries =
      body.objects("sends", {"client_id", "group", "everyone", "message", "idempotency_key"});
  if (!entries) return answer(entries.error());
  if (entries->empty() || entries->size() > kBatchMax)
    return answer(Error::of(ErrorCode::invalid_request, "sends has to have 1 to 1000 entries."));
  const auto results = std::make_shared<Results>(entries->size(), answer);
  for (std::size_t i = 0; i < entries->size(); ++i) {
    auto send = batch_entry(backend, (*entries)[i]);
    if (!send) {
      backend.loop.counters().refused(send.error().code).add(1);
      results->put(i, send.error());
      continue;
    }
    backend.hub.publish(std::move(*send),
                        [results, i](const Result<Sent>& sent) { results->put(i, sent); });
  }
}

}  // namespace

void add_send_calls(Router& router, const Backend& backend) {
  add_call(router, backend, "send_message",
           {"client_id", "message", "idempotency_key", "wait", "timeout_s"}, send_message);
  add_call(router, backend, "send_group", {"group", "message", "idempotency_key"}, send_group);
  add_call(router, backend, "broadcast", {"message", "idempotency_key"}, broadcast);
  add_call(router, backend, "batch", {"sends"}, batch);
}

}  // namespace tayori::api
