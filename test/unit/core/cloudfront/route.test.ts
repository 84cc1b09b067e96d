import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../../src/core/cloudfront/account.ts';
import {
  bestRoutes,
  leadsTo,
  routesTo,
  routeThrough,
  standingOf,
  type Route,
  type TrustsUs,
} from '../../../../src/core/cloudfront/route.ts';
import { someBehavior, someDistribution, someOrigin } from './someDistribution.ts';

const FILM = { bucket: 'films', key: 'media/a b.mp4' };

const trustsOurs: TrustsUs = ({ keyGroupIds }) => keyGroupIds.includes('ours');

const ours = [someBehavior({ keyGroupIds: ['ours'] })];
const open = [someBehavior({ keyGroupIds: [] })];

function urlsOf(routes: readonly Route[]): string[] {
  return routes.map(
    ({ endpoint: { protocol, domain, originPath } }) => `${protocol}://${domain} ${originPath}`,
  );
}

function idsOf(routes: readonly Route[]): string[] {
  return routes.map(({ distribution }) => distribution.id);
}

function best(...distributions: readonly Distribution[]): readonly Route[] {
  return bestRoutes(routesTo(FILM, distributions, trustsOurs), trustsOurs);
}

describe('the routes to an object', () => {
  it('go by every name of a distribution, alternate ones first', () => {
    const aliases = ['a.example.com', '*.example.com', 'b.example.com'];
    expect(urlsOf(routesTo(FILM, [someDistribution({ aliases })]))).toEqual([
      'https://a.example.com ',
      'https://b.example.com ',
      'https://d1.cloudfront.net ',
    ]);
  });

  it('tell behavior and origin', () => {
    const origins = [someOrigin({ id: 'web', domainName: 'example.com' }), someOrigin()];
    const behaviors = [
      someBehavior({ pathPattern: 'x/*', originId: 'web' }),
      someBehavior({ pathPattern: '*%20b.mp4' }),
      someBehavior({ originId: 'web' }),
    ];
    const [route] = routesTo(FILM, [someDistribution({ origins, behaviors })]);
    expect(route).toMatchObject({
      behavior: { pathPattern: '*%20b.mp4' },
      origin: { id: 'films' },
    });
  });

  it('are none where another behavior takes the path to another origin', () => {
    const origins = [someOrigin(), someOrigin({ id: 'web', domainName: 'example.com' })];
    const behaviors = [someBehavior({ pathPattern: 'media/*', originId: 'web' }), someBehavior()];
    const distributions = [someDistribution({ origins, behaviors })];
    expect(routesTo(FILM, distributions)).toEqual([]);
    expect(routesTo({ ...FILM, key: 'a.mp4' }, distributions)).toHaveLength(1);
  });

  it('are those through distributions that have an origin in its bucket', () => {
    const web = someOrigin({ id: 'web', domainName: 'example.com' });
    expect(leadsTo('films', someDistribution({ origins: [web, someOrigin()] }))).toBe(true);
    expect(leadsTo('films', someDistribution({ origins: [web] }))).toBe(false);
    expect(leadsTo('film', someDistribution())).toBe(false);
  });

  it('are none to another bucket, or outside the origin path', () => {
    const behindMedia = someDistribution({ origins: [someOrigin({ originPath: '/media' })] });
    expect(routesTo({ ...FILM, bucket: 'film' }, [someDistribution()])).toEqual([]);
    expect(routesTo({ ...FILM, key: 'mediax/a' }, [behindMedia])).toEqual([]);
    expect(urlsOf(routesTo(FILM, [behindMedia]))).toEqual(['https://d1.cloudfront.net /media']);
  });

  it('take the behavior of the path that viewers name, without the origin path', () => {
    const origins = [
      someOrigin({ id: 'inner', originPath: '/media' }),
      someOrigin({ id: 'outer' }),
    ];
    const behaviors = [
      someBehavior({ pathPattern: 'media/*', originId: 'outer' }),
      someBehavior({ originId: 'inner' }),
    ];
    const routes = routesTo(FILM, [someDistribution({ origins, behaviors })]);
    expect(routes.map(({ origin, behavior }) => [origin.id, behavior.pathPattern])).toEqual([
      ['inner', undefined],
      ['outer', 'media/*'],
    ]);
  });

  it('know an origin in path style, and a website', () => {
    const pathStyle = someOrigin({
      domainName: 's3.eu-west-1.amazonaws.com',
      originPath: '/films/media',
      kind: 'custom',
    });
    const website = someOrigin({ domainName: 'films.s3-website-eu-west-1.amazonaws.com' });
    expect(urlsOf(routesTo(FILM, [someDistribution({ origins: [pathStyle] })]))).toEqual([
      'https://d1.cloudfront.net /media',
    ]);
    expect(routesTo(FILM, [someDistribution({ origins: [website] })])).toHaveLength(1);
  });

  it('are by HTTPS, but to a stand-in on this computer that takes HTTP', () => {
    const aliases = ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080', '127.example.com'];
    const behaviors = [someBehavior({ viewerProtocol: 'allow-all' })];
    expect(urlsOf(routesTo(FILM, [someDistribution({ aliases, behaviors })]))).toEqual([
      'http://127.0.0.1:8080 ',
      'http://localhost:8080 ',
      'http://[::1]:8080 ',
      'https://127.example.com ',
      'https://d1.cloudfront.net ',
    ]);
    const [strict] = routesTo(FILM, [someDistribution({ aliases })]);
    expect(strict?.endpoint.protocol).toBe('https');
  });

  it('do not go by the name of a distribution in China, which serves nothing under it', () => {
    const china = someDistribution({ domainName: 'd1.cloudfront.cn', aliases: ['a.example.cn'] });
    expect(urlsOf(routesTo(FILM, [china]))).toEqual(['https://a.example.cn ']);
  });

  it('lead also to what no URL can carry, so that signing tells why', () => {
    expect(routesTo({ bucket: 'films', key: 'a/../b' }, [someDistribution()])).toHaveLength(1);
  });

  it('are ranked by what they are worth, then deployment, origin path and name', () => {
    const distributions = [
      someDistribution({ id: 'OFF', enabled: false, behaviors: ours }),
      someDistribution({ id: 'OPEN', behaviors: open }),
      someDistribution({ id: 'THEIRS' }),
      someDistribution({ id: 'CHANGING', deployed: false, behaviors: ours }),
      someDistribution({ id: 'OURS', behaviors: ours }),
      someDistribution({
        id: 'DEEPER',
        behaviors: ours,
        origins: [someOrigin({ originPath: '/media' })],
      }),
    ];
    const routes = routesTo(FILM, distributions, trustsOurs);
    expect(idsOf(routes)).toEqual(['DEEPER', 'OURS', 'CHANGING', 'THEIRS', 'OPEN', 'OFF']);
    expect(routes.map((route) => standingOf(route, trustsOurs))).toEqual([
      'ready',
      'ready',
      'ready',
      'untrusted',
      'unrestricted',
      'disabled',
    ]);
  });

  it('with signers of the legacy kind are restricted too', () => {
    const behaviors = [someBehavior({ keyGroupIds: [], trustsAccounts: true })];
    const [route] = routesTo(FILM, [someDistribution({ behaviors })]);
    expect(route && standingOf(route, () => true)).toBe('ready');
  });
});

describe('the routes to choose from', () => {
  it('are one where a distribution has one alternate name', () => {
    const one = best(someDistribution({ behaviors: ours, aliases: ['a.example.com'] }));
    expect(urlsOf(one)).toEqual(['https://a.example.com ']);
  });

  it('are one where a wildcard is all that it has beside its own name', () => {
    const one = best(someDistribution({ behaviors: ours, aliases: ['*.example.com'] }));
    expect(urlsOf(one)).toEqual(['https://d1.cloudfront.net ']);
  });

  it('are several where it has several, or several distributions are as good', () => {
    const aliases = ['a.example.com', 'b.example.com'];
    const routes = best(
      someDistribution({ behaviors: ours, aliases }),
      someDistribution({ id: 'E2', domainName: 'd2.cloudfront.net', behaviors: ours }),
    );
    expect(urlsOf(routes)).toEqual([
      'https://a.example.com ',
      'https://b.example.com ',
      'https://d2.cloudfront.net ',
    ]);
  });

  it('leave out what is worth less', () => {
    const routes = best(
      someDistribution({ id: 'OFF', enabled: false, behaviors: ours }),
      someDistribution({ id: 'OPEN', behaviors: open }),
      someDistribution({ id: 'OURS', behaviors: ours }),
      someDistribution({ id: 'THEIRS' }),
    );
    expect(idsOf(routes)).toEqual(['OURS']);
    expect(idsOf(best(someDistribution({ id: 'OFF', enabled: false })))).toEqual(['OFF']);
    expect(best()).toEqual([]);
  });

  it('have each name once, with the longest origin path', () => {
    const origins = [someOrigin({ id: 'outer' }), someOrigin({ originPath: '/media' })];
    const behaviors = [
      someBehavior({ pathPattern: 'media/*', originId: 'outer', keyGroupIds: ['ours'] }),
      ...ours,
    ];
    const routes = best(someDistribution({ origins, behaviors }));
    expect(urlsOf(routes)).toEqual(['https://d1.cloudfront.net /media']);
  });
});

describe('the route by a name', () => {
  const exact = someDistribution({ id: 'EXACT', aliases: ['a.example.com'] });
  const wild = someDistribution({ id: 'WILD', aliases: ['*.example.com'] });

  it('is by the distribution that has it, before one whose wildcard covers it', () => {
    expect(routeThrough('a.example.com', FILM, [wild, exact])?.distribution).toBe(exact);
    const covered = routeThrough('x.y.example.com', FILM, [exact, wild]);
    expect(covered?.distribution).toBe(wild);
    expect(covered?.endpoint.domain).toBe('x.y.example.com');
  });

  it('may be CloudFront’s own, and takes the origin path along', () => {
    const origins = [someOrigin({ originPath: '/media' })];
    const distribution = someDistribution({ aliases: ['a.example.com'], origins });
    expect(routeThrough('d1.cloudfront.net', FILM, [distribution])?.endpoint).toEqual({
      protocol: 'https',
      domain: 'd1.cloudfront.net',
      originPath: '/media',
    });
  });

  it.each(['example.com', 'xexample.com', 'a.example.org'])('is none by %s', (domain) => {
    expect(routeThrough(domain, FILM, [exact, wild])).toBeUndefined();
  });

  it('is none where it leads elsewhere', () => {
    const elsewhere = { ...FILM, bucket: 'others' };
    expect(routeThrough('a.example.com', elsewhere, [exact])).toBeUndefined();
  });
});
