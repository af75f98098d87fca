// A program that embeds Tayori: a page that is told the time.
#include <tayori/server.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

int main() {
  tayori::Server server({.public_listen = "127.0.0.1:8080"});
  const auto reader = tayori::ClientId::parse("reader");

  server.route("GET", "/", [&](const tayori::HttpRequest&) {
    const auto channel = server.create_channel(*reader);
    return tayori::HttpResponse::html(
        200,
        "<!doctype html><title>Time</title><body><output id=time></output>"
        "<script src=/_ah/channel/jsapi></script><script>"
        "new goog.appengine.Channel('" +
            channel->token +
            "').open({"
            "onmessage(message) { document.getElementById('time').textContent = message.data; }});"
            "</script>");
  });

  if (const auto started = server.start(); !started) {
    std::fprintf(stderr, "%s\n", started.error().detail.c_str());
    return 1;
  }
  std::printf("%s/\n", server.public_url().c_str());

  std::jthread clock([&](const std::stop_token& stopped) {
    for (int second = 0; !stopped.stop_requested(); ++second) {
      server.send_message(*reader, *tayori::Payload::parse(std::to_string(second) + " s"));
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  });
  server.run_until_signal();
}
