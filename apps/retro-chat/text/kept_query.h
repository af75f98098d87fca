// kept_query: what stays of a page's query when the visitor asks for the same page in another language or look.
//
// Threads: any.
#pragma once

#include <string>
#include <string_view>

namespace retrochat {

/// `query` without lang, palette and scheme, ready to have one of them appended: "", or "page=2&". One that is
/// too long (limits::kKeptQueryBytes) is forgotten.
[[nodiscard]] std::string kept_query(std::string_view query);

}  // namespace retrochat
