// CurlEasy, CurlFields: what libcurl has to be given back.
//
// Threads: one at a time.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace tayori::net {

struct FreeCurlEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using CurlEasy = std::unique_ptr<CURL, FreeCurlEasy>;

/// A list of "Name: value" that grows; libcurl gives a new head with every line.
class CurlFields {
 public:
  CurlFields() = default;
  ~CurlFields() { curl_slist_free_all(list_); }
  CurlFields(const CurlFields&) = delete;
  CurlFields& operator=(const CurlFields&) = delete;

  void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
  [[nodiscard]] curl_slist* list() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

}  // namespace tayori::net
