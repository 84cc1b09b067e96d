import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first byte of a TLS connection: the type of its first record. */
const HANDSHAKE = 0x16;

/** One port of loopback that speaks HTTP and HTTPS, as CloudFront's names do on two. */
export interface TlsFront {
  readonly port: number;
  close(): Promise<void>;
}

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a certificate for 127.0.0.1, by nobody whom Node trusts.
 *
 * @param dir folder for its files
 */
export async function makeCertificate(dir: string): Promise<Certificate> {
  const keyFile = path.join(dir, 'tls-key.pem');
  const certificateFile = path.join(dir, 'tls-certificate.pem');
  const request = 'req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1';
  const files = ['-keyout', keyFile, '-out', certificateFile];
  await run('openssl', [...request.split(' '), '-addext', 'subjectAltName=IP:127.0.0.1', ...files]);
  return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certificateFile, 'utf8') };
}

/**
 * Starts a port that hands HTTP on as it is and takes TLS off HTTPS.
 *
 * @param ports where what came by HTTP goes, and what came by HTTPS
 */
export async function startTlsFront(
  certificate: Certificate,
  ports: { readonly http: number; readonly https: number },
): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const pipe = (socket: Socket, port: number): void => {
    const behind = connect(port, '127.0.0.1');
    for (const one of [socket, behind]) {
      sockets.add(one);
      one.on('error', () => one.destroy()).on('close', () => sockets.delete(one));
    }
    socket.pipe(behind).pipe(socket);
  };
  const tls = createTlsServer({ ...certificate }, (socket) => pipe(socket, ports.https));
  tls.on('tlsClientError', (_error, socket) => socket.destroy());
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => socket.destroy())
      .on('close', () => sockets.delete(socket))
      .once('data', (first: Buffer) => {
        socket.pause();
        socket.unshift(first);
        if (first[0] === HANDSHAKE) tls.emit('connection', socket);
        else pipe(socket, ports.http);
      });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of sockets) socket.destroy();
      }),
  };
}
