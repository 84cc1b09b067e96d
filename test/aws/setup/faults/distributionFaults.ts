import { BUCKET, KEY, present, REGION } from '../accountSetup.ts';
import type { Faults } from '../fault.ts';
import { mapping, putPolicy, addBehavior, addOrigin } from '../spoiling.ts';

/** What is wrong with the distribution, or with what the settings say of it. */
export const distributionFaults = {
  noDistribution: {
    name: 'no distribution has the bucket as an origin',
    spoil: ({ origin }) => void (origin.DomainName = `other.s3.${REGION}.amazonaws.com`),
    fails: ['distribution'],
    notes: ['other-readers'],
    byHand: ({ origin }) => void (origin.DomainName = `${BUCKET}.s3.${REGION}.amazonaws.com`),
  },
  wrongDistribution: {
    name: 'the settings name a distribution that does not have the bucket',
    spoil: (setup) => {
      const { store, distribution, computer } = setup;
      const other = structuredClone(distribution);
      other.Id = 'E2OTHER';
      other.DomainName = 'd2other.cloudfront.net';
      other.DistributionConfig.Aliases.Items = [];
      present(other.DistributionConfig.Origins.Items[0]).DomainName =
        `other.s3.${REGION}.amazonaws.com`;
      store.Distributions.push(other);
      computer.mapping = mapping(setup, { domain: other.DomainName });
    },
    fails: ['distribution'],
    byHand: (setup) => void (setup.computer.mapping = mapping(setup)),
  },
  wrongDomain: {
    name: 'the distribution does not answer to the name in the settings',
    spoil: (setup) => {
      setup.distribution.DistributionConfig.Aliases.Items = [];
      setup.computer.mapping = mapping(setup);
    },
    fails: ['domain'],
  },
  noCertificate: {
    name: 'the alternate domain name has no certificate',
    spoil: ({ distribution }) => {
      distribution.DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate = true;
    },
    fails: ['certificate'],
    byHand: ({ distribution }) => {
      distribution.DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate = false;
    },
  },
  untrustedCertificate: {
    name: 'nobody trusts the certificate',
    spoil: (setup) => {
      setup.computer.trustsCertificate = false;
      setup.computer.mapping = mapping(setup, { protocol: 'https' });
    },
    fails: ['certificate'],
    byHand: ({ computer }) => void (computer.trustsCertificate = true),
  },
  disabled: {
    name: 'the distribution is disabled',
    spoil: ({ distribution }) => void (distribution.DistributionConfig.Enabled = false),
    fails: ['enabled'],
  },
  wrongOriginPath: {
    name: 'the settings have another origin path than the origin',
    spoil: (setup) => void (setup.computer.mapping = mapping(setup, { originPath: '/private' })),
    fails: ['origin-path'],
    byHand: (setup) => void (setup.computer.mapping = mapping(setup)),
  },
  outsideOriginPath: {
    name: 'the object is outside the origin path',
    spoil: ({ origin }) => void (origin.OriginPath = '/media'),
    fails: ['origin-path'],
    byHand: ({ s3, computer }) => {
      computer.key = `media/${KEY}`;
      s3.putObject(BUCKET, computer.key, 'the report');
    },
  },
  otherBehavior: {
    name: 'an earlier behavior takes the path to another origin',
    spoil: (setup) => {
      addOrigin(setup, 'elsewhere');
      addBehavior(setup, { PathPattern: 'private/*', TargetOriginId: 'elsewhere' });
    },
    fails: ['behavior'],
  },
  httpsOnly: {
    name: 'links are made for HTTP, and the behavior takes HTTPS alone',
    spoil: (setup) => {
      setup.behavior.ViewerProtocolPolicy = 'https-only';
      setup.computer.mapping = mapping(setup, { protocol: 'http' });
    },
    fails: ['viewer-protocol'],
    byHand: (setup) => void (setup.computer.mapping = mapping(setup, { protocol: 'https' })),
  },
  httpsRedirect: {
    name: 'links are made for HTTP, and the behavior redirects to HTTPS',
    spoil: (setup) => {
      setup.behavior.ViewerProtocolPolicy = 'redirect-to-https';
      setup.computer.mapping = mapping(setup, { protocol: 'http' });
    },
    fails: ['viewer-protocol'],
    byHand: (setup) => void (setup.computer.mapping = mapping(setup, { protocol: 'https' })),
  },
  writable: {
    name: 'a link overwrites what it names',
    spoil: (setup) => {
      setup.behavior.AllowedMethods.Items = [
        ...(['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'] as const),
      ];
      putPolicy(setup, { Action: ['s3:GetObject', 's3:PutObject'] });
    },
    fails: ['methods'],
  },
} satisfies Faults;
