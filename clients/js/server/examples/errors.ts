import { Client, TayoriError } from 'tayori/server';

const tayori = new Client({ timeoutMs: 5_000 });

// With a key a send may be repeated as often as it takes, by the client or by you: it is sent once.
const order = { clientId: 'ann', message: 'paid', idempotencyKey: 'order 7, paid' };
const first = await tayori.sendMessage(order);
const again = await tayori.sendMessage(order);
console.log(first.cursor === again.cursor, again.repeated);

try {
  await tayori.sendMessage({ ...order, message: 'not paid' });
} catch (error) {
  if (!(error instanceof TayoriError)) throw error;
  console.log(error.code, error.status, error.mayHaveArrived);
}

const { verdict } = await tayori.sendMessage({ clientId: 'nobody', message: 'anyone?', wait: 'ack', timeoutS: 1 });
console.log(verdict);

// A batch does not fail for one of its entries.
const { results } = await tayori.batch({
  sends: [
    { clientId: 'ann', message: 'one' },
    { group: 'news', message: '' },
  ],
});
for (const result of results) console.log('error' in result ? result.error.code : 'sent');
