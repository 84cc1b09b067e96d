import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cephConf, cephKeyring } from './rgwConfig.ts';
import { installRgw } from './rgwInstall.ts';

const run = promisify(execFile);

/** A user of a gateway: the owner of what it makes, and to others a stranger. */
interface RgwUser {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** How a bucket policy names it: `{ "AWS": arn }`. */
  readonly arn: string;
}

/** A running gateway, and the first of its users. */
export interface Rgw extends RgwUser {
  /** `http://127.0.0.1:<port>`, to be asked in path style. */
  readonly endpoint: string;
  readonly region: string;
  /** @param name letters and digits */
  addUser(name: string): Promise<RgwUser>;
  /** Ends its processes and deletes what they wrote. */
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/**
 * The three processes in one group, which outlive neither `close` nor this process: the end of
 * their standard input is the end of them, however it comes.
 */
const SUPERVISOR = `
"$BIN/ceph-mon" -f -i a & mon=$!
"$BIN/ceph-osd" -f -i 0 & osd=$!
"$BIN/radosgw" -f -n client.rgw & gateway=$!
cat > /dev/null
kill -9 $mon $osd $gateway
wait
rm -rf "$FOLDER"
`;

/**
 * Starts Ceph RGW, a real S3 server, on 127.0.0.1: one monitor, one OSD that keeps everything in
 * memory, one gateway. The first call on a machine downloads it.
 *
 * Unlike Amazon's, it answers ListBuckets in one page, names no bucket's region, and leaves the
 * messages of its errors empty.
 *
 * @throws Error with the ends of its logs where it does not come up
 */
export async function startRgw(): Promise<Rgw> {
  const tree = await installRgw();
  const folder = await mkdtemp(path.join(tmpdir(), 'rgw-'));
  const [monitorPort, gatewayPort] = await freePorts();
  const fsid = randomUUID();
  const env = { ...tree.env, CEPH_CONF: path.join(folder, 'ceph.conf') };
  const ceph = (program: string, ...args: readonly string[]) =>
    run(path.join(tree.bin, program), args, { cwd: folder, env });

  await Promise.all([
    writeFile(
      path.join(folder, 'ceph.conf'),
      cephConf({ tree, folder, fsid, monitorPort, gatewayPort }),
    ),
    writeFile(path.join(folder, 'keyring'), cephKeyring(), { mode: 0o600 }),
    ...['mon', 'osd', 'rgw'].map((name) => mkdir(path.join(folder, name))),
  ]);
  const monitor = `[v2:127.0.0.1:${monitorPort}]`;
  await ceph('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', monitor, 'monmap');
  // With a map that has its OSD already, nobody has to ask the monitor to make one.
  await ceph('osdmaptool', '--createsimple', '1', 'osdmap');
  const maps = ['--monmap', 'monmap', '--osdmap', 'osdmap', '--keyring', 'keyring'];
  await ceph('ceph-mon', '--mkfs', '-i', 'a', ...maps);
  await ceph('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', randomUUID(), '--no-mon-config');

  const supervisor = spawn('sh', ['-c', SUPERVISOR], {
    cwd: folder,
    env: { ...env, BIN: tree.bin, FOLDER: folder },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  const addUser = async (name: string): Promise<RgwUser> => {
    const accessKeyId = `AK${randomBytes(9).toString('hex').toUpperCase()}`;
    const secretAccessKey = randomBytes(20).toString('hex');
    const keys = ['--access-key', accessKeyId, '--secret-key', secretAccessKey];
    await ceph('radosgw-admin', 'user', 'create', '--uid', name, '--display-name', name, ...keys);
    return { accessKeyId, secretAccessKey, arn: `arn:aws:iam:::user/${name}` };
  };
  try {
    await untilReady(endpoint, folder);
    const owner = await addUser('owner');
    return { ...owner, endpoint, region: 'us-east-1', addUser, close: () => end(supervisor) };
  } catch (error) {
    await end(supervisor);
    throw error;
  }
}

/** Two ports that nobody listens at now. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const [first = 0, second = 0] = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return [first, second];
}

async function untilReady(endpoint: string, folder: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answered = await fetch(endpoint).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await delay(50);
  }
  throw new Error(`Ceph RGW did not come up within a minute.\n${await endsOfLogs(folder)}`);
}

async function endsOfLogs(folder: string): Promise<string> {
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const ends = await Promise.all(
    logs.map(async (name) => {
      const lines = (await readFile(path.join(folder, name), 'utf8')).trimEnd().split('\n');
      return [`--- ${name}`, ...lines.slice(-10)].join('\n');
    }),
  );
  return ends.join('\n');
}

async function end(supervisor: ChildProcess): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
  const exited = once(supervisor, 'exit');
  supervisor.stdin?.end();
  await exited;
}
