#include "hub/topics_of.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori::hub {
namespace {

using testing::ElementsAre;
using testing::Pointee;

access::TokenClaims claims(std::string_view client, const std::vector<std::string>& groups) {
  access::TokenClaims claims{
      .client_id = *ClientId::parse(client), .issued_at = {}, .expires_at = {}, .id = {}};
  for (const std::string& group : groups) claims.groups.push_back(*GroupName::parse(group));
  return claims;
}

TEST(TopicsOf, are_the_clients_own_everyones_and_the_groups) {
  EXPECT_THAT(topics_of(claims("ann", {"room", "club"})),
              ElementsAre(Pointee(broker::Topic::of(*ClientId::parse("ann"))),
                          Pointee(broker::Topic::everyone()),
                          Pointee(broker::Topic::of(*GroupName::parse("room"))),
                          Pointee(broker::Topic::of(*GroupName::parse("club")))));
}

TEST(TopicsOf, name_each_topic_once) {
  EXPECT_EQ(topics_of(claims("ann", {"room", "club", "room"})).size(), 4U);
}

TEST(TopicsOf, tell_a_group_from_a_client_of_its_name) {
  EXPECT_EQ(topics_of(claims("ann", {"ann"})).size(), 3U);
}

}  // namespace
}  // namespace tayori::hub
