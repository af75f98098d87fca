#include "reposts/repost_lists.h"

namespace retrochat {

std::string url_list(const std::vector<Repost>& reposts) {
  std::string list;
  for (const Repost& repost : reposts) list += repost.url + "\n";
  return list;
}

std::string hatena_list(const std::vector<Repost>& reposts) {
  std::string list;
  for (const Repost& repost : reposts) {
    list += repost.kind == RepostKind::x ? "[twitter:" + repost.post_id + ":detail]\n"
                                         : "[" + repost.url + ":embed:cite]\n";
  }
  return list;
}

}  // namespace retrochat
