#include "identity/provider_table.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string_view>

#include "outgoing/web_request.h"
#include "text/limits.h"

namespace retrochat {
namespace {

constexpr std::array<std::string_view, 14> kKeys{
    "id",          "name",         "preset",        "issuer",        "authorize_url",
    "token_url",   "userinfo_url", "client_id",     "client_secret", "client_secret_file",
    "client_auth", "scopes",       "subject_claim", "handle_claim"};

bool is_id(std::string_view text) {
  constexpr std::size_t kIdChars = 24;
  return !text.empty() && text.size() <= kIdChars && !text.starts_with('-') &&
         std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_name(std::string_view text) {
  const auto characters = std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return !text.empty() && static_cast<std::size_t>(characters) <= limits::kProviderNameChars &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

std::string variable_of(const std::string& id) {
  std::string name = "RETROCHAT_PROVIDER_" + id + "_SECRET";
  for (char& c : name) {
    if (c == '-') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

class Reader {
 public:
  Reader(const toml::table& table, const ProviderSource& source, std::vector<std::string>& problems)
      : table_(table), source_(source), problems_(problems) {}

  Provider read() {
    refuse_unknown_keys();
    take_text("id", provider_.id, is_id, "1 to 24 of the letters a to z, digits and '-'");
    take_preset();
    take_names();
    take_addresses();
    take_text("client_id", provider_.client_id, is_word, "the id this site has at the provider");
    take_client_auth();
    take_scopes();
    take_text("subject_claim", provider_.subject_claim, is_word, "the name of a claim");
    take_text("handle_claim", provider_.handle_claim, is_word, "the name of a claim");
    take_secret();
    expect_all();
    return std::move(provider_);
  }

 private:
  void complain(const toml::source_region& where, const std::string& what) {
    problems_.push_back(source_.file.string() + ":" + std::to_string(where.begin.line) + ":" +
                        std::to_string(where.begin.column) + ": " + what);
  }

  void refuse_unknown_keys() {
    for (const auto& [key, node] : table_) {
      if (std::ranges::find(kKeys, key.str()) != kKeys.end()) continue;
      std::string all;
      for (const std::string_view each : kKeys) all.append(all.empty() ? "" : ", ").append(each);
      complain(key.source(),
               "there is no provider." + std::string(key.str()) + "; expected " + all);
    }
  }

  /// `to` stays as it is when the key is not there.
  void take_text(std::string_view key, std::string& to, bool (*fits)(std::string_view),
                 std::string_view expected) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return;
    const auto text = node->value_exact<std::string>();
    if (text && fits(*text)) {
      to = *text;
    } else {
      complain(node->source(), std::string(key) + ": expected " + std::string(expected));
    }
  }

  void take_preset() {
    std::string preset;
    take_text(
        "preset", preset, [](std::string_view text) { return text == "x"; }, "\"x\"");
    if (preset.empty()) return;
    // Source: docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE" and "Users lookup".
    // As a string: of the bare literal GCC 12 warns, wrongly, that its copy may overlap itself.
    provider_.name_ja = provider_.name_en = std::string("X");
    provider_.authorize_url = "https://x.com/i/oauth2/authorize";
    provider_.token_url = "https://api.x.com/2/oauth2/token";
    provider_.userinfo_url = "https://api.x.com/2/users/me";
    provider_.client_auth = ClientAuth::basic;
    provider_.scopes = {"users.read", "tweet.read"};
    provider_.subject_claim = "data.id";
    provider_.handle_claim = "data.username";
  }

  void take_names() {
    if (provider_.name_en.empty()) provider_.name_ja = provider_.name_en = provider_.id;
    const toml::node* node = table_.get("name");
    if (node == nullptr) return;
    const toml::table* both = node->as_table();
    const auto ja = both != nullptr ? (*both)["ja"].value_exact<std::string>()
                                    : node->value_exact<std::string>();
    const auto en = both != nullptr ? (*both)["en"].value_exact<std::string>() : ja;
    if (ja && en && is_name(*ja) && is_name(*en) && (both == nullptr || both->size() == 2)) {
      provider_.name_ja = *ja;
      provider_.name_en = *en;
    } else {
      complain(node->source(), "name: expected a text or { ja = \"…\", en = \"…\" }, at most " +
                                   std::to_string(limits::kProviderNameChars) + " characters each");
    }
  }

  void take_addresses() {
    constexpr std::string_view kAddress = "an address that begins with https://";
    take_text("issuer", provider_.issuer, is_safe_address, kAddress);
    take_text("authorize_url", provider_.authorize_url, is_safe_address, kAddress);
    take_text("token_url", provider_.token_url, is_safe_address, kAddress);
    take_text("userinfo_url", provider_.userinfo_url, is_safe_address, kAddress);
  }

  void take_client_auth() {
    std::string how;
    take_text(
        "client_auth", how, [](std::string_view text) { return text == "basic" || text == "post"; },
        "\"basic\" or \"post\"");
    if (!how.empty()) provider_.client_auth = how == "basic" ? ClientAuth::basic : ClientAuth::post;
  }

  void take_scopes() {
    if (provider_.is_openid()) provider_.scopes = {"openid", "profile"};
    const toml::node* node = table_.get("scopes");
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    std::vector<std::string> scopes;
    if (array != nullptr) {
      for (const toml::node& each : *array) {
        const auto scope = each.value_exact<std::string>();
        if (scope && is_word(*scope)) scopes.push_back(*scope);
      }
    }
    const bool good = array != nullptr && !scopes.empty() && scopes.size() == array->size();
    if (!good) {
      complain(node->source(), "scopes: expected a list of texts without spaces");
    } else if (provider_.is_openid() && std::ranges::find(scopes, "openid") == scopes.end()) {
      complain(node->source(), "scopes: expected \"openid\" among them, as there is an issuer");
    } else {
      provider_.scopes = std::move(scopes);
    }
  }

  /// The environment counts before the file, so that a file may be shared without its secret.
  void take_secret() {
    const toml::node* file = table_.get("client_secret_file");
    if (file != nullptr && table_.contains("client_secret"))
      complain(file->source(), "client_secret_file: expected this or client_secret, not both");
    take_text("client_secret", provider_.client_secret, is_word, "a secret without spaces");
    if (file != nullptr) take_secret_file(*file);
    if (provider_.id.empty()) return;
    const std::string variable = variable_of(provider_.id);
    const std::string value = source_.environment(variable);
    if (value.empty()) return;
    if (!is_word(value)) {
      problems_.push_back(variable + ": expected a secret without spaces");
      return;
    }
    provider_.client_secret = value;
  }

  void take_secret_file(const toml::node& node) {
    const auto name = node.value_exact<std::string>();
    if (!name) {
      complain(node.source(), "client_secret_file: expected the name of a file");
      return;
    }
    const auto path = source_.file.parent_path() / *name;
    std::string secret;
    std::ifstream in(path);
    std::getline(in, secret);
    if (secret.ends_with('\r')) secret.pop_back();
    if (is_word(secret)) {
      provider_.client_secret = secret;
    } else {
      complain(node.source(),
               "client_secret_file: expected a secret in the first line of " + path.string());
    }
  }

  /// What is missing, or does not go together.
  void expect_all() {
    const auto expect = [&](std::string_view key, std::string_view what) {
      if (!table_.contains(key))
        complain(table_.source(), std::string(key) + ": " + std::string(what));
    };
    expect("id", "expected one for each [[provider]]");
    expect("client_id", "expected the id this site has at the provider");
    const bool has_addresses = table_.contains("authorize_url") || table_.contains("token_url") ||
                               table_.contains("userinfo_url");
    if (const toml::node* issuer = table_.get("issuer")) {
      if (has_addresses || table_.contains("preset"))
        complain(issuer->source(),
                 "issuer: expected either an issuer, which tells its addresses, or a preset or "
                 "addresses");
      return;
    }
    if (table_.contains("preset")) return;
    if (!has_addresses) {
      complain(table_.source(),
               "expected preset, issuer, or authorize_url with token_url and userinfo_url");
      return;
    }
    expect("authorize_url", "expected beside the other addresses");
    expect("token_url", "expected beside the other addresses");
    expect("userinfo_url", "expected beside the other addresses");
    expect("subject_claim", "expected, as without an issuer it is not known");
    expect("handle_claim", "expected, as without an issuer it is not known");
  }

  const toml::table& table_;
  const ProviderSource& source_;
  std::vector<std::string>& problems_;
  Provider provider_;
};

}  // namespace

Provider read_provider(const toml::table& table, const ProviderSource& source,
                       std::vector<std::string>& problems) {
  return Reader(table, source, problems).read();
}

}  // namespace retrochat
