// A backend of a page: prints the token that the page opens with, and sends it each line of standard input.
#include <tayori/client.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

std::string variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

int complain(const tayori::Error& error) {
  std::cerr << error.detail << '\n';
  return 1;
}

}  // namespace

int main() {
  const tayori::Client server({.url = variable("TAYORI_URL", "http://127.0.0.1:8081"),
                               .api_key = variable("TAYORI_API_KEY", "")});
  const auto reader = tayori::ClientId::parse("reader");

  const auto channel = server.create_channel(*reader);
  if (!channel) return complain(channel.error());
  std::cout << channel->token << std::endl;

  for (std::string line; std::getline(std::cin, line);) {
    const auto message = tayori::Payload::parse(line);
    if (!message) return complain(message.error());
    const auto sent = server.send_message(*reader, *message);
    if (!sent) return complain(sent.error());
    std::cout << "sent to " << sent->sessions << " open pages" << std::endl;
  }
}
