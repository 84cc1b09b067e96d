import { randomBytes } from 'node:crypto';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** An address at which a VS Code server keeps secrets in anybody's browser. */
export interface FrontDoor {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands before a VS Code server and answers the one request that it does not: for the key with
 * which the browser seals secrets. Without it the browser has no secret storage.
 */
export async function startFrontDoor(serverUrl: string): Promise<FrontDoor> {
  const { hostname, port } = new URL(serverUrl);
  const sealingKey = randomBytes(32);
  const upgraded = new Set<Socket>();

  const forwarded = ({ method, url, headers }: IncomingMessage) =>
    request({ host: hostname, port, method, path: url, headers });

  const server = createServer((message, response) => {
    if (message.method === 'POST' && message.url?.split('?')[0]?.endsWith('/mint-key')) {
      response.end(sealingKey);
      return;
    }
    const onward = forwarded(message).on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  });
  function end(socket: Socket): void {
    upgraded.delete(socket);
    socket.destroy();
  }

  server.on('upgrade', (message, client: Socket, head) => {
    forwarded(message)
      .on('upgrade', (answer, remote, remoteHead) => {
        const lines = [`HTTP/1.1 101 ${answer.statusMessage ?? ''}`];
        for (let at = 0; at < answer.rawHeaders.length; at += 2) {
          lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
        }
        client.write(`${lines.join('\r\n')}\r\n\r\n`);
        client.write(remoteHead);
        remote.write(head);
        for (const [from, to] of [
          [client, remote],
          [remote, client],
        ] as const) {
          upgraded.add(from);
          from.pipe(to);
          from.on('error', () => end(to)).on('close', () => end(to));
        }
      })
      .on('error', () => client.destroy())
      .end();
  });
  const listening = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${listening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }),
  };
}
