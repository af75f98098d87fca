#include "identity/newcomer.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "identity/claims.h"
#include "text/clean_text.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {

std::string Newcomer::text() const {
  return boost::json::serialize(boost::json::object{{"provider", provider},
                                                    {"subject", subject},
                                                    {"screen_name", screen_name},
                                                    {"to", to.text()}});
}

std::optional<Newcomer> Newcomer::parse(std::string_view text) {
  const auto object = json_object(text);
  if (!object) return std::nullopt;
  Newcomer newcomer{claim_text(*object, "provider"), claim_text(*object, "subject"),
                    claim_text(*object, "screen_name"), LocalPath::from(claim_text(*object, "to"))};
  if (newcomer.provider.empty() || newcomer.subject.empty()) return std::nullopt;
  return newcomer;
}

std::string shown_name(std::string_view screen_name) {
  constexpr std::size_t kShownChars = 48;
  const auto clean = clean_text(screen_name);
  return clean ? encode_utf8(clean->substr(0, kShownChars)) : "";
}

std::string handle_out_of(std::string_view screen_name) {
  if (screen_name.starts_with('@')) screen_name.remove_prefix(1);
  std::string handle;
  for (const char c : screen_name.substr(0, screen_name.find('@'))) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || (c == '-' && !handle.empty());
    if (fits && handle.size() < limits::kHandleChars) handle.push_back(c);
  }
  return handle;
}

}  // namespace retrochat
