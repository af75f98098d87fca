#include "api/json_body.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/json.h"

namespace tayori::api {
namespace {

bool is_json(std::string_view content_type) {
  return base::equal_ignoring_case(base::take_until(content_type, ';'), "application/json");
}

Error wrong(std::string_view name, std::string_view expected, ErrorCode code) {
  return Error::of(code, std::string(name).append(" has to be ").append(expected).append("."));
}

}  // namespace

Result<JsonBody> JsonBody::of(const HttpRequest& request,
                              const std::vector<std::string_view>& members) {
  if (!is_json(request.field("Content-Type"))) return ErrorCode::unsupported_media_type;
  auto parsed = base::parse_json(request.body);
  if (!parsed)
    return Error::of(ErrorCode::invalid_json,
                     "The body is not JSON as expected: " + parsed.error + ".");
  boost::json::object* object = parsed.value->if_object();
  if (object == nullptr)
    return Error::of(ErrorCode::invalid_json, "The body has to be one JSON object.");
  if (const auto known = check(*object, members); !known) return known.error();
  return JsonBody(std::move(*object));
}

Outcome JsonBody::check(const boost::json::object& object,
                        const std::vector<std::string_view>& members) {
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (std::find(members.begin(), members.end(), name) != members.end()) continue;
    return Error::of(ErrorCode::invalid_request,
                     "This call has no member called \"" + std::string(name) + "\".");
  }
  return success();
}

bool JsonBody::has(std::string_view name) const {
  const boost::json::value* value = object_.if_contains(name);
  return value != nullptr && !value->is_null();
}

Result<std::string> JsonBody::string(std::string_view name, ErrorCode otherwise) {
  boost::json::value* value = object_.if_contains(name);
  if (value == nullptr) return Error::of(otherwise, std::string(name) + " is missing.");
  if (!value->is_string()) return wrong(name, "a string", otherwise);
  const boost::json::string& text = value->get_string();
  return std::string(text.data(), text.size());
}

Result<std::optional<std::string>> JsonBody::optional_string(std::string_view name,
                                                             ErrorCode otherwise) const {
  if (!has(name)) return std::optional<std::string>{};
  const boost::json::value& value = object_.at(name);
  if (!value.is_string()) return wrong(name, "a string", otherwise);
  return std::optional<std::string>(std::string_view(value.get_string()));
}

Result<bool> JsonBody::truth(std::string_view name) const {
  if (!has(name)) return false;
  const bool* value = object_.at(name).if_bool();
  if (value == nullptr) return wrong(name, "true or false", ErrorCode::invalid_request);
  return *value;
}

Result<std::vector<Result<JsonBody>>> JsonBody::objects(
    std::string_view name, const std::vector<std::string_view>& members) {
  boost::json::value* value = object_.if_contains(name);
  boost::json::array* array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) return wrong(name, "an array of objects", ErrorCode::invalid_request);
  std::vector<Result<JsonBody>> objects;
  objects.reserve(array->size());
  for (boost::json::value& item : *array) {
    boost::json::object* object = item.if_object();
    if (object == nullptr) return wrong(name, "an array of objects", ErrorCode::invalid_request);
    if (const auto known = check(*object, members); !known) {
      objects.emplace_back(known.error());
    } else {
      objects.emplace_back(JsonBody(std::move(*object)));
    }
  }
  return objects;
}

Result<std::optional<std::int64_t>> JsonBody::whole_number(std::string_view name,
                                                           ErrorCode otherwise) const {
  using Number = std::optional<std::int64_t>;
  const boost::json::value* value = object_.if_contains(name);
  if (value == nullptr || value->is_null()) return Number{};
  if (const auto* number = value->if_int64()) return Number{*number};
  return wrong(name, "a whole number", otherwise);
}

Result<std::vector<std::string>> JsonBody::strings(std::string_view name,
                                                   ErrorCode otherwise) const {
  std::vector<std::string> strings;
  const boost::json::value* value = object_.if_contains(name);
  if (value == nullptr || value->is_null()) return strings;
  const boost::json::array* array = value->if_array();
  if (array == nullptr) return wrong(name, "an array of strings", otherwise);
  for (const boost::json::value& item : *array) {
    if (!item.is_string()) return wrong(name, "an array of strings", otherwise);
    strings.emplace_back(std::string_view(item.get_string()));
  }
  return strings;
}

}  // namespace tayori::api
