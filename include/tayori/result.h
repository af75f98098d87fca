// Result: the value of an operation, or the error that took its place.
//
// Every expected failure of the product is a Result; exceptions cross no floor. An Error is a code of the
// one closed table (spec/codes.json) and a detail that tells this case from others of the code.
//
// Threads: any (a plain value).
// Source:  spec/codes.json, docs/reference/errors.md
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "tayori/error_code.h"

namespace tayori {

/// What went wrong. `detail` is a sentence for a person; it never holds a secret or a payload.
struct Error {
  ErrorCode code;
  std::string detail;
  /// Of a tayori::Client only: no server answered, and `code`, internal_error, is nobody's word. `detail` says why.
  bool is_unanswered = false;

  /// An error whose detail is the code's own sentence.
  static Error of(ErrorCode code) { return {code, std::string(facts(code).sentence)}; }
  static Error of(ErrorCode code, std::string detail) { return {code, std::move(detail)}; }
  static Error unanswered(std::string detail) {
    return {ErrorCode::internal_error, std::move(detail), true};
  }

  friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(*-explicit-*)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)
  Result(ErrorCode code) : Result(Error::of(code)) {}                        // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// REQUIRES: has_value(). Otherwise std::bad_variant_access, which is a bug of the caller.
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// REQUIRES: !has_value().
  [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// The outcome of an operation that gives nothing back but may fail.
using Outcome = Result<std::monostate>;
inline Outcome success() { return std::monostate{}; }

}  // namespace tayori
