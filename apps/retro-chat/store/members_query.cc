#include "store/members_query.h"

#include <SQLiteCpp/Statement.h>

namespace retrochat {

std::vector<Member> members_of(SQLite::Database& sql, RoomId room) {
  SQLite::Statement query(
      sql,
      "SELECT a.id, a.handle, m.state, m.since, m.word, a.guest FROM members m "
      "JOIN accounts a ON a.id = m.account_id WHERE m.room_id = ? ORDER BY m.since, a.id");
  query.bind(1, room.value);
  std::vector<Member> members;
  while (query.executeStep()) {
    members.push_back(
        {{AccountId{query.getColumn(0).getInt64()}, query.getColumn(1).getString(),
          query.getColumn(5).getInt() != 0},
         query.getColumn(2).getString() == "away" ? MemberState::away : MemberState::here,
         TimePoint{std::chrono::milliseconds{query.getColumn(3).getInt64()}},
         query.getColumn(4).getString()});
  }
  return members;
}

}  // namespace retrochat
