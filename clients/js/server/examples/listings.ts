import { Client } from 'tayori/server';

const tayori = new Client();
const signal = AbortSignal.timeout(30_000); // for all pages together

for (const group of ['news', 'sports']) await tayori.joinGroup({ group, clientId: 'bob' });
for await (const { group, members } of tayori.allGroups({ clientId: 'bob', limit: 1 }, { signal })) {
  console.log(group, members);
}

const present = tayori.allPresent();
for await (const { clientId, sessions } of present) console.log(clientId, sessions);

// Who came and went since then; kept, the cursor is where to go on the next time.
const events = tayori.allPresenceEvents({ eventsSince: present.cursor ?? '' });
for await (const { type, clientId, at } of events) console.log(type, clientId, at);
console.log(events.cursor !== undefined, events.gaps.length);

await tayori.sendMessage({ clientId: 'bob', message: 'one' });
await tayori.sendMessage({ clientId: 'bob', message: 'two' });
const history = tayori.allHistory({ clientId: 'bob' });
for await (const { message } of history) console.log(message);
if (history.gaps.length) console.log('something older is no longer held');
