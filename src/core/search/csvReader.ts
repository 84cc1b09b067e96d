/** The fields of one line. */
export type CsvRecord = readonly string[];

/**
 * What a line may have at most, in UTF-16 units: a quotation mark that nothing ends would otherwise
 * take in all that follows.
 */
const LONGEST = 65_536;

/**
 * Reads comma-separated values that come piece by piece, each piece cut anywhere.
 * https://www.rfc-editor.org/rfc/rfc4180
 */
export interface CsvReader {
  /** The lines that are whole now; undefined where the text is no CSV. */
  read(piece: string): readonly CsvRecord[] | undefined;
  /** What follows the last end of a line; undefined where that is not whole. */
  end(): readonly CsvRecord[] | undefined;
}

export function createCsvReader(): CsvReader {
  let text = '';

  function read(piece: string): readonly CsvRecord[] | undefined {
    text += piece;
    const records: CsvRecord[] = [];
    let begin = 0;
    for (;;) {
      const record = recordAt(text, begin);
      if (record === 'malformed') return undefined;
      if (record === undefined) break;
      records.push(record.fields);
      begin = record.end;
    }
    text = text.slice(begin);
    return text.length > LONGEST ? undefined : records;
  }

  return {
    read,
    end() {
      if (text === '') return [];
      const records = read('\n');
      return text === '' ? records : undefined;
    },
  };
}

/** The line that begins somewhere, and where the next one does; undefined where it is not whole. */
function recordAt(
  text: string,
  begin: number,
): { readonly fields: CsvRecord; readonly end: number } | 'malformed' | undefined {
  const fields: string[] = [];
  let at = begin;
  for (;;) {
    let field: string;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === undefined) return undefined;
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    } else {
      const begun = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
      field = text.slice(begun, at);
    }
    fields.push(field);
    // What comes next tells whether a line is over, and the next piece may have it.
    if (at === text.length || (text[at] === '\r' && at + 1 === text.length)) return undefined;
    if (text[at] === ',') {
      at++;
      continue;
    }
    if (text[at] === '\r') at++;
    return text[at] === '\n' ? { fields, end: at + 1 } : 'malformed';
  }
}

/** The quotation mark that ends a field, of which two stand for one in it. */
function closingQuote(text: string, from: number): number | undefined {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? undefined : at;
}
