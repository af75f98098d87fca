#include "web/home_routes.h"

#include <string>

#include "store/assets.h"

namespace retrochat {
namespace {

std::string_view type_of(std::string_view file) {
  if (file.ends_with(".css")) return "text/css; charset=utf-8";
  if (file.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (file.ends_with(".svg")) return "image/svg+xml";
  if (file.ends_with(".woff2")) return "font/woff2";
  if (file.ends_with(".txt")) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

}  // namespace

void HomeRoutes::add_to(Routes& routes) {
  routes.push_back({"GET", "/", [this](const auto& request) { return entrance(request); }});
  routes.push_back(
      {"GET", "/static/{digest}/{file}", [this](const auto& request) { return file(request); }});
  for (const char* elsewhere :
       {"/{page}", "/{page}/{of}", "/{page}/{of}/{this}", "/{page}/{of}/{this}/{chat}"}) {
    routes.push_back({"GET", elsewhere, [this](const auto& request) { return nothing(request); }});
  }
}

tayori::HttpResponse HomeRoutes::entrance(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto account = visitor->account();
  const auto listings = table_.list_for(account);
  if (!listings) return respond_.refuse(*visitor, {listings.refusal()});
  if (account)
    return respond_.page(*visitor, 200, pages_.home(visitor->frame(), {*listings, account}));
  const auto slip = forms_.slip_for(request);
  auto page =
      respond_.page(*visitor, 200, pages_.home(visitor->frame(), {*listings, account, slip.token}));
  forms_.hand_out(page, slip);
  return page;
}

tayori::HttpResponse HomeRoutes::file(const tayori::HttpRequest& request) {
  const std::string name(request.path_value("file"));
  const Asset* asset = find_asset("static/" + name);
  if (asset == nullptr) return nothing(request);
  tayori::HttpResponse response;
  response.body = asset->bytes;
  // A page from before an upgrade asks by the old digest; it gets today's file, but is not to keep it under that.
  const bool current = request.path_value("digest") == asset->digest;
  response.with("Content-Type", std::string(type_of(name)))
      .with("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache")
      .with("X-Content-Type-Options", "nosniff");
  return response;
}

tayori::HttpResponse HomeRoutes::nothing(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  return respond_.refuse(visitor ? *visitor : Visitor{}, {Refusal::no_such_page});
}

}  // namespace retrochat
