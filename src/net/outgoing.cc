#include "net/outgoing.h"

#include <algorithm>
#include <atomic>
#include <list>
#include <utility>

#include "base/check.h"
#include "net/curl_handles.h"

namespace tayori::net {
namespace {

constexpr std::chrono::milliseconds kLongestPause{60'000};
/// More of an answer than this ends it; its status counts all the same.
constexpr std::size_t kAnswerBytes = 65'536;

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

/// One request under way.
struct Transfer {
  OutgoingRequest request;
  CurlFields fields;
  CurlEasy easy;
  std::size_t answered = 0;
};

std::size_t drop_body(const char* /*bytes*/, std::size_t size, std::size_t count, void* transfer) {
  auto& answered = static_cast<Transfer*>(transfer)->answered;
  answered += size * count;
  return answered > kAnswerBytes ? 0 : size * count;
}

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  CHECK(code == CURLE_OK, "libcurl knows the option");
}

void prepare(Transfer& transfer, const OutgoingLimits& limits) {
  CURL* easy = transfer.easy.get();
  for (const std::string& field : transfer.request.fields) transfer.fields.add(field);
  set(easy, CURLOPT_URL, transfer.request.url.c_str());
  set(easy, CURLOPT_HTTPHEADER, transfer.fields.list());
  set(easy, CURLOPT_POSTFIELDS, transfer.request.body.data());
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.request.body.size()));
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  if (transfer.request.connection == OutgoingRequest::Connection::fresh) {
    set(easy, CURLOPT_FRESH_CONNECT, 1L);
    set(easy, CURLOPT_FORBID_REUSE, 1L);
  }
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  set(easy, CURLOPT_WRITEFUNCTION, &drop_body);
  set(easy, CURLOPT_WRITEDATA, &transfer);
  set(easy, CURLOPT_PRIVATE, &transfer);
}

}  // namespace

class Outgoing::Transfers {
 public:
  Transfers(OutgoingSource& source, OutgoingLimits limits, const base::Clock& clock)
      : source_(source), limits_(limits), clock_(clock), multi_(curl_multi_init()) {
    CHECK(multi_ != nullptr, "libcurl has memory for itself");
  }
  ~Transfers() {
    for (const Transfer& transfer : under_way_)
      curl_multi_remove_handle(multi_.get(), transfer.easy.get());
  }

  void run() {
    while (!is_over_) {
      begin_all();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      finish_all();
      if (!is_over_) curl_multi_poll(multi_.get(), nullptr, 0, pause(), nullptr);
    }
  }
  void wake() { curl_multi_wakeup(multi_.get()); }
  void end() {
    is_over_ = true;
    wake();
  }

 private:
  void begin_all() {
    while (auto request = source_.next(clock_.steady())) {
      Transfer& transfer = under_way_.emplace_back();
      transfer.request = std::move(*request);
      transfer.easy.reset(curl_easy_init());
      CHECK(transfer.easy != nullptr, "libcurl has memory for a transfer");
      prepare(transfer, limits_);
      curl_multi_add_handle(multi_.get(), transfer.easy.get());
    }
  }

  void finish_all() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
    }
  }

  void finish(CURL* easy, CURLcode result) {
    long status = 0;
    char* named = nullptr;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &named);
    curl_multi_remove_handle(multi_.get(), easy);
    const auto* transfer = reinterpret_cast<const Transfer*>(named);
    // An answer that is too long, or breaks off in its body, has told its status before.
    const bool is_answer = result == CURLE_OK || result == CURLE_WRITE_ERROR;
    source_.on_answer(transfer->request.key, is_answer ? static_cast<int>(status) : 0,
                      is_answer ? "" : curl_easy_strerror(result), clock_.steady());
    under_way_.remove_if([transfer](const Transfer& one) { return &one == transfer; });
  }

  [[nodiscard]] int pause() const {
    const auto due = source_.due();
    if (!due) return static_cast<int>(kLongestPause.count());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - clock_.steady());
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, kLongestPause).count());
  }

  OutgoingSource& source_;
  const OutgoingLimits limits_;
  const base::Clock& clock_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::list<Transfer> under_way_;
  std::atomic<bool> is_over_{false};
};

Outgoing::Outgoing(OutgoingSource& source, OutgoingLimits limits, const base::Clock& clock)
    : transfers_(std::make_unique<Transfers>(source, limits, clock)),
      thread_([this] { transfers_->run(); }) {}

Outgoing::~Outgoing() {
  transfers_->end();
  thread_.join();
}

void Outgoing::wake() { transfers_->wake(); }

}  // namespace tayori::net
