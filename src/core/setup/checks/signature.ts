import type { CacheBehavior, KeyGroup, PublicKey } from '../../cloudfront/account.ts';
import { publicKeysOf } from '../../cloudfront/keyMatch.ts';
import { importKey, openSettings } from '../../problem.ts';
import type { Change } from '../change.ts';
import type { Check, Mend, Verdict } from '../check.ts';
import type { SetupFacts } from '../facts.ts';
import { fails, holds, noted, ofBehavior, ofSeen, skipped } from '../verdicts.ts';
import { behaviorName, keyGroupName, listed, sentenceOf } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keygroups */
const KEYS_IN_A_GROUP = 5;

/** Legacy key pairs of root users, which no API lists. */
function isLegacy(keyPairId: string): boolean {
  return keyPairId.startsWith('APKA');
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
export const viewerAccess: Check = {
  id: 'viewer-access',
  topic: 'The signature',
  title: 'Viewers need a signature',
  why: 'Where a behavior trusts no key group, whoever knows the URL is served without any signature, for ever.',
  after: ['behavior'],
  judge(facts) {
    return ofBehavior(facts, (behavior, { distribution }) => {
      const { signer } = facts;
      const name = sentenceOf(behaviorName(behavior));
      if (behavior.keyGroupIds.length > 0) {
        return holds(`${name} trusts ${groupNames(behavior, facts)}.`);
      }
      const mend = (): Mend => trustMend(facts, behavior, distribution.id);
      if (!behavior.trustsAccounts) {
        return fails(
          `${name} of distribution ${distribution.id} trusts no key group: it serves everybody who knows the URL.`,
          mend(),
        );
      }
      if (signer !== undefined && isLegacy(signer.keyPairId)) {
        return noted(
          `${name} trusts the legacy key pairs of AWS accounts, such as ${signer.keyPairId}. AWS recommends key groups.`,
        );
      }
      return fails(
        `${name} of distribution ${distribution.id} trusts the legacy key pairs of AWS accounts alone${signer ? `. Links are signed with ${signer.keyPairId}, which is none of them` : ''}.`,
        mend(),
      );
    });
  },
};

/** The key groups that a behavior trusts, by name where the account tells it. */
function groupNames({ keyGroupIds }: CacheBehavior, { keyGroups }: SetupFacts): string {
  const known = keyGroups.kind === 'ok' ? keyGroups.value : [];
  return listed(
    keyGroupIds.map((id) => {
      const group = known.find((one) => one.id === id);
      return group === undefined ? `key group ${id}` : keyGroupName(group);
    }),
  );
}

/** Has a behavior trust a key group that holds the key by which links are signed. */
function trustMend(
  { bucket, signer, keyGroups, publicKeys }: SetupFacts,
  { pathPattern, keyGroupIds }: CacheBehavior,
  distributionId: string,
): Mend {
  const isKnown =
    signer !== undefined &&
    publicKeys.kind === 'ok' &&
    publicKeys.value.some(({ id }) => id === signer.keyPairId);
  if (!isKnown || keyGroups.kind !== 'ok') {
    return {
      advice:
        'Have it trust a key group with the public half of a private key that is kept here. “Create Key Pair” makes the key, uploads its public half and puts it into a group.',
      changes: [],
      action: { title: 'Create Key Pair…', command: 'cloudfrontSigner.createKeyPair' },
    };
  }
  const { keyPairId } = signer;
  const group = keyGroups.value.find(({ publicKeyIds }) => publicKeyIds.includes(keyPairId));
  const name = freeName(`${bucket}-signers`, keyGroups.value);
  return {
    advice: group
      ? `Have ${behaviorName({ pathPattern })} trust ${keyGroupName(group)}.`
      : `Make key group “${name}” of public key ${keyPairId}, and have ${behaviorName({ pathPattern })} trust it.`,
    changes: [
      {
        kind: 'distribution',
        distributionId,
        edits: [
          group
            ? {
                kind: 'trust-key-groups',
                pathPattern,
                keyGroupIds: [...keyGroupIds, group.id],
              }
            : { kind: 'trust-new-key-group', pathPattern, name, publicKeyIds: [keyPairId] },
        ],
      },
    ],
  };
}

function freeName(wanted: string, groups: readonly KeyGroup[]): string {
  let name = wanted;
  for (let number = 2; groups.some((group) => group.name === name); number++) {
    name = `${wanted}-${number}`;
  }
  return name;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
export const privateKey: Check = {
  id: 'private-key',
  topic: 'The signature',
  title: 'The private key is kept here',
  why: 'Without it no link can be signed.',
  after: [],
  judge({ signer, storedKeys }) {
    if (signer === undefined) {
      return fails('No private key is kept in VS Code.', {
        advice:
          'Import the private key whose public half CloudFront has, or make a pair with “Create Key Pair”.',
        changes: [],
        action: importKey,
      });
    }
    if (signer.key !== undefined) {
      return holds(`The private key kept as ${signer.key.keyPairId} signs.`);
    }
    const kept =
      storedKeys.length === 0
        ? 'None is kept here.'
        : `Kept here: ${listed(storedKeys.map(({ keyPairId }) => keyPairId))}.`;
    return fails(`The setting has links signed with ${signer.keyPairId}. ${kept}`, {
      advice: `Import the private key of ${signer.keyPairId}, or correct keyPairId in the setting cloudfrontSigner.distributions.`,
      changes: [],
      action: importKey,
    });
  },
};

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKey.html */
export const keyPair: Check = {
  id: 'key-pair',
  topic: 'The signature',
  title: 'CloudFront has the other half of the private key',
  why: 'CloudFront checks a signature with the public key that the link names. With any other one it says 403 AccessDenied.',
  after: ['private-key'],
  judge({ signer, publicKeys }) {
    if (signer?.key === undefined) return skipped('There is no private key.');
    const { keyPairId, key } = signer;
    if (isLegacy(keyPairId)) {
      return noted(
        `${keyPairId} is a legacy key pair of a root user, which no API lists. The signed request shows whether it fits.`,
      );
    }
    return ofSeen(publicKeys, (all) => {
      const halves = publicKeysOf(key.publicKeyPem, all);
      const half = halves.find(({ id }) => id === keyPairId);
      if (half !== undefined) {
        return holds(`It is the other half of public key ${keyName(half)}.`);
      }
      const named = all.find(({ id }) => id === keyPairId);
      const [other] = halves;
      const seen =
        named === undefined
          ? `This account has no public key ${keyPairId}`
          : `The private key kept as ${key.keyPairId} is not the other half of public key ${keyName(named)}`;
      const none =
        named === undefined
          ? `, and none that belongs to the private key kept as ${key.keyPairId}`
          : ', nor of any other public key of this account';
      return fails(
        other === undefined
          ? `${seen}${none}.`
          : `${seen}. The private key kept as ${key.keyPairId} is the other half of ${keyName(other)}.`,
        other === undefined
          ? {
              advice: `Import ${named === undefined ? 'a private key whose public half this account has' : `the private key of ${keyPairId}`}, or make a pair with “Create Key Pair”.`,
              changes: [],
              action: importKey,
            }
          : {
              advice: `Correct keyPairId in the setting to ${other.id}, or import the private key of ${keyPairId}.`,
              changes: [],
              action: importKey,
            },
      );
    });
  },
};

function keyName({ id, name }: PublicKey): string {
  return `${id} (“${name}”)`;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
export const keyGroup: Check = {
  id: 'key-group',
  topic: 'The signature',
  title: 'A trusted key group holds the key',
  why: 'To a link that names another key CloudFront says 403 InvalidKey, “Unknown Key”.',
  after: ['viewer-access', 'private-key', 'key-pair'],
  judge(facts) {
    return ofBehavior(facts, (behavior, { distribution }) => {
      const { signer } = facts;
      if (signer === undefined) return skipped('There is no private key.');
      const { keyPairId } = signer;
      if (isLegacy(keyPairId) && behavior.trustsAccounts) {
        return noted(`${keyPairId} is a legacy key pair, which belongs to no key group.`);
      }
      return ofSeen(facts.keyGroups, (all) => {
        const trusted = all.filter(({ id }) => behavior.keyGroupIds.includes(id));
        const holding = trusted.find(({ publicKeyIds }) => publicKeyIds.includes(keyPairId));
        return holding === undefined
          ? notHeld(facts, behavior, distribution.id, trusted)
          : holds(`${sentenceOf(keyGroupName(holding))} holds ${keyPairId}.`);
      });
    });
  },
};

function notHeld(
  facts: SetupFacts,
  behavior: CacheBehavior,
  distributionId: string,
  trusted: readonly KeyGroup[],
): Verdict {
  const keyPairId = facts.signer?.keyPairId ?? '';
  const seen = `${sentenceOf(behaviorName(behavior))} trusts ${groupNames(behavior, facts)}. Links are signed with ${keyPairId}, which is not among them.`;
  const usable = facts.storedKeys.find((key) =>
    trusted.some(({ publicKeyIds }) => publicKeyIds.includes(key.keyPairId)),
  );
  if (usable !== undefined) {
    return fails(seen, {
      advice: `Sign with ${usable.keyPairId}, which is kept here and trusted: correct keyPairId in the setting.`,
      changes: [],
      action: openSettings('Open Distributions Setting', 'distributions'),
    });
  }
  const open = trusted.find(({ publicKeyIds }) => publicKeyIds.length < KEYS_IN_A_GROUP);
  if (open === undefined) return fails(seen, trustMend(facts, behavior, distributionId));
  const change: Change = {
    kind: 'key-group',
    id: open.id,
    name: open.name,
    publicKeyIds: [...open.publicKeyIds, keyPairId],
  };
  return fails(seen, {
    advice: `Put ${keyPairId} into ${keyGroupName(open)}.`,
    changes: [change],
  });
}
