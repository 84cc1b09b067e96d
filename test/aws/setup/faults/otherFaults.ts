import type { Faults } from '../fault.ts';
import { ACCOUNT } from '../spoiling.ts';

const WEB_ACL = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/strict/1a2b`;

/** What no configuration shows, or is no fault of the account. */
export const otherFaults = {
  clock: {
    name: 'the clock of this computer is an hour behind',
    spoil: ({ computer }) => void (computer.clockAhead = -3600),
    fails: ['clock'],
    byHand: ({ computer }) => void (computer.clockAhead = 0),
  },
  firewall: {
    name: 'a firewall blocks viewers',
    spoil: ({ distribution, world }) => {
      distribution.DistributionConfig.WebACLId = WEB_ACL;
      world.blocks = true;
    },
    fails: ['signed-served'],
    notes: ['firewall', 'unsigned-refused'],
    byHand: ({ world }) => void (world.blocks = false),
  },
  country: {
    name: 'this country is shut out',
    spoil: ({ distribution }) => {
      distribution.DistributionConfig.Restrictions.GeoRestriction = {
        RestrictionType: 'whitelist',
        Items: ['FR', 'NL'],
      };
    },
    fails: ['signed-served'],
    notes: ['countries', 'unsigned-refused'],
    byHand: ({ world }) => void (world.country = 'FR'),
  },
} satisfies Faults;
