import { Client } from 'tayori/server';

const tayori = new Client(); // TAYORI_URL and TAYORI_API_KEY

const { token, expiresAt } = await tayori.createChannel({ clientId: 'ann', groups: ['news'] });
console.log(token.length > 0, expiresAt > new Date()); // the token goes into the page

await tayori.sendMessage({ clientId: 'ann', message: 'hello' });
await tayori.sendGroup({ group: 'news', message: 'for all who read them' });
const { cursor, sessions } = await tayori.broadcast({ message: 'for everyone' });
console.log(cursor.length > 0, `${sessions} pages are open`);
