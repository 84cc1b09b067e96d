import { randomBytes } from 'node:crypto';
import type { RgwTree } from './rgwInstall.ts';

/** Where a cluster of one machine lives. */
export interface RgwPlace {
  readonly tree: RgwTree;
  /** Holds everything that it writes. */
  readonly folder: string;
  readonly fsid: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
}

/**
 * The `ceph.conf` of one monitor, one OSD in memory and one gateway: all on loopback, nothing kept
 * twice, nothing waited for.
 *
 * @see https://docs.ceph.com/en/pacific/rados/configuration/
 */
export function cephConf({ tree, folder, fsid, monitorPort, gatewayPort }: RgwPlace): string {
  return `
[global]
fsid = ${fsid}
mon initial members = a
mon host = [v2:127.0.0.1:${monitorPort}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
ms bind ipv6 = false
keyring = ${folder}/keyring
run dir = ${folder}
crash dir = ${folder}
log file = ${folder}/$name.log
admin socket =
pid file =
osd class dir = ${tree.lib}/rados-classes
erasure code dir = ${tree.lib}/ceph/erasure-code
plugin dir = ${tree.lib}/ceph
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 0
mon data avail warn = 0
paxos propose interval = 0.02
[mon]
mon data = ${folder}/mon
[osd]
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 8589934592
[client.rgw]
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort} tcp_nodelay=1
rgw override bucket index max shards = 1
`;
}

/** A keyring with fresh keys for all who take part: without cephx the gateway never connects. */
export function cephKeyring(): string {
  return ['mon.', 'osd.0', 'client.admin', 'client.rgw']
    .map((name) => `[${name}]\nkey = ${cephKey()}\ncaps mon = "allow *"\ncaps osd = "allow *"\n`)
    .join('');
}

/** Ceph's encoding of a key: type 1 (AES), time of making (8 bytes), length, 16 bytes. */
function cephKey(): string {
  const head = Buffer.alloc(12);
  head.writeUInt16LE(1, 0);
  head.writeUInt16LE(16, 10);
  return Buffer.concat([head, randomBytes(16)]).toString('base64');
}
