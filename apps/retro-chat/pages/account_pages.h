// AccountPages: where people sign up and in, by a passphrase or through others.
//
// Threads: any.
// Source:  pages/templates/
#pragma once

#include <string>
#include <vector>

#include "identity/provider.h"
#include "pages/form_state.h"
#include "pages/frame.h"
#include "pages/templates.h"
#include "text/local_path.h"

namespace retrochat {

/// Whether people can have an account with a passphrase.
enum class LocalAccounts : std::uint8_t { on, off };

/// Somebody whom a provider vouches for and who has no handle yet.
struct NewcomerView {
  const Provider& provider;
  /// Their screen name at the provider.
  std::string screen_name;
};

class AccountPages {
 public:
  /// `providers` stay where they are as long as this lives.
  AccountPages(const Templates& templates, const std::vector<Provider>& providers,
               LocalAccounts local)
      : templates_(templates), providers_(providers), local_(local) {}

  [[nodiscard]] std::string sign_up(const Frame& frame, const LocalPath& to,
                                    const FormState& form) const;
  [[nodiscard]] std::string sign_in(const Frame& frame, const LocalPath& to,
                                    const FormState& form) const;
  [[nodiscard]] std::string choose_handle(const Frame& frame, const NewcomerView& newcomer,
                                          const FormState& form) const;

 private:
  void put_ways_in(ctemplate::TemplateDictionary& values, const Frame& frame) const;

  const Templates& templates_;
  const std::vector<Provider>& providers_;
  const LocalAccounts local_;
};

}  // namespace retrochat
