#include "text/line_parts.h"

#include <algorithm>

#include "text/limits.h"

namespace retrochat {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_of_handle(char c) { return is_word(c) || c == '-'; }
bool is_of_host(char c) { return (is_word(c) && c != '_') || c == '.' || c == '-'; }
bool is_of_address(char c) {
  constexpr std::string_view kNever = "<>\"{}|\\^`";
  return c > ' ' && c < 0x7F && kNever.find(c) == std::string_view::npos;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::size_t run(std::string_view text, bool (*belongs)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, belongs) - text.begin());
}

/// Two labels or more, none empty.
bool is_host(std::string_view host) {
  if (host.empty() || host.front() == '.' || host.back() == '.') return false;
  return host.find('.') != std::string_view::npos && host.find("..") == std::string_view::npos;
}

/// Whether a host could go on in another script after what was read of it: exämple.com.
bool goes_on_in_other_letters(std::string_view rest) {
  if (rest.empty() || is_ascii(rest.front())) return false;
  const std::string_view word = rest.substr(0, rest.find(' '));
  return std::ranges::any_of(word, [](char c) { return is_of_host(c); });
}

/// `address` without the punctuation that ends the sentence around it.
std::size_t without_punctuation(std::string_view address) {
  constexpr std::string_view kClosing = ".,:;!?'*_~)]";
  while (kClosing.find(address.back()) != std::string_view::npos) {
    const char last = address.back();
    const char opening = last == ')' ? '(' : last == ']' ? '[' : '\0';
    const auto opened = opening == '\0' ? 0 : std::ranges::count(address, opening);
    if (opened > 0 && opened >= std::ranges::count(address, last)) break;
    address.remove_suffix(1);
  }
  return address.size();
}

std::size_t scheme_size(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (same_word(text.substr(0, scheme.size()), scheme)) return scheme.size();
  }
  return 0;
}

/// How many bytes of `text`, from its beginning, are an address; 0 when it begins with none.
std::size_t address_size(std::string_view text) {
  const std::size_t scheme = scheme_size(text);
  if (scheme == 0) return 0;
  std::string_view rest = text.substr(scheme);
  std::size_t host = run(rest, is_of_host);
  // The sentence's full stop, when nothing follows the host.
  while (host > 0 && (rest[host - 1] == '.' || rest[host - 1] == '-')) --host;
  if (!is_host(rest.substr(0, host))) return 0;
  rest.remove_prefix(host);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?# "));
  if (authority.find('@') != std::string_view::npos || goes_on_in_other_letters(rest)) return 0;
  constexpr std::string_view kAfterHost = "/?#:";
  const bool ends = rest.empty() || kAfterHost.find(rest.front()) == std::string_view::npos;
  const std::size_t more = ends ? 0 : run(rest, is_of_address);
  return without_punctuation(text.substr(0, scheme + host + more));
}

/// The same for "@handle".
std::size_t call_size(std::string_view text) {
  if (text.empty() || text.front() != '@') return 0;
  const std::size_t handle = run(text.substr(1), is_of_handle);
  return handle == 0 || handle > limits::kHandleChars ? 0 : 1 + handle;
}

bool may_begin_after(std::string_view before) {
  constexpr std::string_view kJoined = "@./:-";
  return before.empty() ||
         (!is_word(before.back()) && kJoined.find(before.back()) == std::string_view::npos);
}

}  // namespace

std::vector<LinePart> line_parts(std::string_view line) {
  std::vector<LinePart> parts;
  std::size_t plain = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::string_view rest = line.substr(at);
    const bool may_begin = may_begin_after(line.substr(0, at));
    const std::size_t address = may_begin ? address_size(rest) : 0;
    const std::size_t size = may_begin && address == 0 ? call_size(rest) : address;
    if (size == 0) {
      ++at;
      continue;
    }
    if (plain < at) parts.push_back({LinePart::Kind::text, line.substr(plain, at - plain)});
    parts.push_back(
        {address > 0 ? LinePart::Kind::link : LinePart::Kind::call, rest.substr(0, size)});
    at += size;
    plain = at;
  }
  if (plain < line.size()) parts.push_back({LinePart::Kind::text, line.substr(plain)});
  return parts;
}

bool calls(std::string_view line, std::string_view handle) {
  if (handle.empty()) return false;
  for (const LinePart& part : line_parts(line)) {
    if (part.kind == LinePart::Kind::call && same_word(part.text.substr(1), handle)) return true;
    if (part.kind != LinePart::Kind::text) continue;
    for (std::size_t at = 0; at + handle.size() <= part.text.size(); ++at) {
      const std::size_t end = at + handle.size();
      const bool begins = at == 0 || !is_of_handle(part.text[at - 1]);
      const bool ends = end == part.text.size() || !is_of_handle(part.text[end]);
      if (begins && ends && same_word(part.text.substr(at, handle.size()), handle)) return true;
    }
  }
  return false;
}

}  // namespace retrochat
