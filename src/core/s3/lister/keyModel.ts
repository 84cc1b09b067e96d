import { type CharacterShares, shareOut } from './characterShares.ts';
import { type CodePoints, createCodePoints, isDigit } from './codePoints.ts';

/** Where keys lie among all those that there may be, as far as those seen tell. */
export interface KeyModel {
  /**
   * Takes note of the characters of a key.
   *
   * @param weight how many keys it stands for
   */
  learn(key: string, weight: number): void;
  /**
   * How far into a stretch of keys one lies, from 0 to 1: an estimate, which never falls as keys
   * rise.
   *
   * @param key as code points
   * @param depth how many of them all of the stretch begins with
   */
  positionOf(key: readonly number[], depth: number): number;
  /**
   * A short text at about a position of a stretch.
   *
   * @param stem what all of the stretch begins with, as code points
   * @param tolerance how far beside the position the text may lie
   */
  textAt(position: number, stem: readonly number[], tolerance: number): string;
}

/** A text of so many characters behind the stem is as close as it gets. */
const MAX_CHARACTERS = 40;
/** Below this, floating point numbers no longer tell positions apart. */
const LEAST_WIDTH = 1e-13;
/** Of how many keys a beginning is told apart from others. */
const TELLING = 100;
/** How many of them are remembered: some megabytes. */
const MAX_BEGINNINGS = 50_000;
/** So many sightings tell what follows a digit. */
const SAMPLE = 64;

/** Places are numbered by the folders above them, and behind those within a name. */
const NAME_LENGTH = 1024;
const SLASH = 0x2f;

/** What keys begin with, and may go on with. */
interface Beginning {
  keys: number;
  readonly next: Map<number, Beginning>;
}

/** What was seen at a place. */
interface Sighting {
  readonly points: CodePoints;
  /** Of how many keys, as far as they were looked at. */
  keys: number;
}

/** Where in a key one is. */
interface Spot {
  readonly place: number;
  /** The character before it: behind a digit there are others than behind another, as in dates. */
  readonly before: number;
  /** Undefined where too few keys were seen to tell. */
  readonly beginning: Beginning | undefined;
}

/**
 * A model that knows nothing yet. A place in the name of an object or folder is taken to hold what
 * was seen there, each alike often, and now and then something else that takes turns elsewhere. But a
 * word that has begun is taken to go on as before.
 */
export function createKeyModel(): KeyModel {
  const seenAt = new Map<number, Sighting>();
  /** By the number of slashes in them: as many as it takes to tell whether they are alike. */
  const folders = new Map<number, Set<string>>();
  /** What was seen at places that hold more than one. */
  const changing = createCodePoints();
  const root: Beginning = { keys: 0, next: new Map() };
  const start: Spot = { place: 0, before: 0, beginning: root };
  let beginnings = 1;

  function noteAt(place: number, point: number): void {
    const seen = seenAt.get(place) ?? { points: createCodePoints(), keys: 0 };
    seenAt.set(place, seen);
    seen.keys++;
    if (seen.points.has(point)) return;
    seen.points.add(point);
    if (seen.points.points.length > 1) seen.points.points.forEach(noteChange);
  }

  function noteChange(point: number): void {
    changing.add(point);
    // Whoever has seen some digits knows them all.
    if (isDigit(point)) for (let digit = 0x30; digit <= 0x39; digit++) changing.add(digit);
  }

  function noteFolder(level: number, folder: string): void {
    const known = folders.get(level) ?? new Set();
    folders.set(level, known);
    if (known.size < TELLING) known.add(folder);
  }

  function goOn(beginning: Beginning, point: number): Beginning | undefined {
    const known = beginning.next.get(point);
    if (known !== undefined || beginning.keys < TELLING || beginnings >= MAX_BEGINNINGS) {
      return known;
    }
    beginnings++;
    const next: Beginning = { keys: 0, next: new Map() };
    beginning.next.set(point, next);
    return next;
  }

  function pointsAt({ place, before }: Spot): CodePoints | undefined {
    const behindDigit = isDigit(before) ? seenAt.get(placeBehindDigit(place, before)) : undefined;
    return (behindDigit && behindDigit.keys >= SAMPLE ? behindDigit : seenAt.get(place))?.points;
  }

  function sharesAt(spot: Spot): CharacterShares {
    const points = pointsAt(spot) ?? createCodePoints();
    const isNumber = points.points.some(isDigit);
    const { beginning } = spot;
    const [only] = beginning?.next.size === 1 ? beginning.next.keys() : [];
    const isWord = only !== undefined && !isNumber;
    const alike = folders.get(Math.floor(spot.place / NAME_LENGTH))?.size ?? 1;
    return shareOut(isWord ? createCodePoints([only]) : points, changing, alike);
  }

  return {
    learn(key, weight) {
      let [place, before, index] = [0, 0, 0];
      let beginning: Beginning | undefined = root;
      for (const character of key) {
        const point = character.codePointAt(0) ?? 0;
        noteAt(place, point);
        if (isDigit(before)) noteAt(placeBehindDigit(place, before), point);
        index += character.length;
        place = placeBehind(place, point);
        before = point;
        if (point === SLASH) noteFolder(place / NAME_LENGTH, key.slice(0, index));
        if (beginning === undefined) continue;
        beginning.keys += weight;
        beginning = goOn(beginning, point);
      }
    },

    positionOf(key, depth) {
      let [position, width] = [0, 1];
      let spot = key.slice(0, depth).reduce(spotBehind, start);
      for (const point of key.slice(depth)) {
        const shares = sharesAt(spot);
        position += width * shares.below(point);
        width *= shares.of(point);
        if (width < LEAST_WIDTH) break;
        spot = spotBehind(spot, point);
      }
      return position;
    },

    textAt(position, stem, tolerance) {
      const points = [...stem];
      let [low, width] = [0, 1];
      let spot = stem.reduce(spotBehind, start);
      while (points.length - stem.length < MAX_CHARACTERS) {
        const shares = sharesAt(spot);
        const point = shares.at((position - low) / width);
        if (point === undefined) break;
        points.push(point);
        low += width * shares.below(point);
        width *= shares.of(point);
        if (position - low <= tolerance || width < LEAST_WIDTH) break;
        spot = spotBehind(spot, point);
      }
      return String.fromCodePoint(...points);
    },
  };
}

function spotBehind({ place, beginning }: Spot, point: number): Spot {
  return {
    place: placeBehind(place, point),
    before: point,
    beginning: beginning?.next.get(point),
  };
}

/** Below zero, where no place is numbered. */
function placeBehindDigit(place: number, digit: number): number {
  return -10 * place - (digit - 0x30) - 1;
}

function placeBehind(place: number, point: number): number {
  return point === SLASH ? place - (place % NAME_LENGTH) + NAME_LENGTH : place + 1;
}
