import { createServer } from 'node:http';
import { TayoriError, verifyWebhook } from 'tayori/server';

const secret = process.env.TAYORI_PRESENCE_WEBHOOK_SECRET ?? '';
const latest = new Map<string, number>(); // by client id, the generation of what was heard last

const server = createServer(async (request, answer) => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  try {
    const event = verifyWebhook(secret, request.headers, Buffer.concat(pieces));
    if (event.generation > (latest.get(event.clientId) ?? 0)) {
      latest.set(event.clientId, event.generation);
      console.log(event.type, event.clientId, event.reason ?? '');
    }
    answer.writeHead(204).end();
  } catch (error) {
    answer.writeHead(error instanceof TayoriError ? error.status : 500).end();
  }
});
server.listen(Number(process.env.PORT ?? 9000), '127.0.0.1', () => console.log('listening', server.address()));
