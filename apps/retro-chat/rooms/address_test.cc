#include "rooms/address.h"

#include <gtest/gtest.h>

#include "text/limits.h"

namespace retrochat {
namespace {

const Room kRoom{RoomId{7}, {AccountId{1}, "Ann"}, RoomNumber{3}, "den"};
const Account kBob{AccountId{2}, "bob"};

TEST(Address, names_a_room_and_the_people_in_it) {
  EXPECT_EQ(path_of(kRoom), "/rooms/Ann/3");
  EXPECT_EQ(client_id_of(kRoom, kBob).text(), "Ann/3/bob");
  EXPECT_EQ(group_of(kRoom).text(), "room/Ann/3");
}

TEST(Address, is_read_back_from_a_client_id) {
  const auto where = whereabout_of(client_id_of(kRoom, kBob));
  ASSERT_TRUE(where);
  EXPECT_EQ(where->owner.text(), "Ann");
  EXPECT_EQ(where->number, RoomNumber{3});
  EXPECT_EQ(where->who.text(), "bob");
}

TEST(Address, is_not_read_from_other_peoples_client_ids) {
  for (const char* text :
       {"ann", "ann/1", "ann/x/bob", "ann/1/bob/2", "ann/01/bob", "あん/1/bob", "/1/"}) {
    EXPECT_FALSE(whereabout_of(*tayori::ClientId::parse(text))) << text;
  }
}

TEST(Address, keeps_client_ids_within_64_bytes) {
  const std::string longest(limits::kHandleChars, 'x');
  const Room room{RoomId{1}, {AccountId{1}, longest}, RoomNumber{999'999'999}, "r"};
  EXPECT_LE(client_id_of(room, {AccountId{2}, longest}).text().size(), 64U);
}

TEST(RoomNumber, is_digits) {
  EXPECT_EQ(parse_room_number("1"), RoomNumber{1});
  EXPECT_EQ(parse_room_number("999999999"), RoomNumber{999'999'999});
  for (const char* text :
       {"", "0", "01", "-1", "+1", "1.0", "x", "1000000000", "99999999999999999999"}) {
    EXPECT_FALSE(parse_room_number(text)) << text;
  }
}

}  // namespace
}  // namespace retrochat
