/** Keys that a URL does not carry as they are, by what is special about them. */
export const SPECIAL_KEYS: Readonly<Record<string, string>> = {
  'a key with spaces': 'two words/and three.txt',
  'a key with plus signs': 'a+b/c++.txt',
  'a key with a percent sign': '100%.txt',
  'a key that looks percent-encoded': 'a%20b%2Fc.txt',
  'a key with *': 'all*.txt',
  'a key with ?': 'wh?.txt',
  'a key with * and ? alone': '*/?',
  'a key with #': 'issue #4.txt',
  'a key with & = ;': 'a=1&b=2;c.txt',
  'a key like signed parameters': 'x?Expires=1&Signature=2&Key-Pair-Id=3',
  'a key with quotes': `it's "quoted".txt`,
  'a key with ( ) !': '(1)!.txt',
  'a key with : @ , $': 'a:b@c,d$e.txt',
  'a key with < > ^ | { }': '<a>^|{b}`c`.txt',
  'a key with a backslash': 'a\\b.txt',
  'a key with a line break and a tab': 'a\nb\tc.txt',
  'a key with umlauts': 'Straße/Grüße.txt',
  'a key with combining characters': 'Gru\u0308ße.txt',
  'a key in Japanese': '日本/地図.txt',
  'a key in Arabic': 'مرحبا/ملف.txt',
  'a key with an emoji': '👩‍🚀/🚀.txt',
  'a key with a slash in front': '/rooted.txt',
  'a key with slashes in a row': 'a//b///c.txt',
  'a key that ends with a slash': 'folder/',
  'a key that is a URL': 'https://example.com/a?b#c',
  'a key with dots': '...a/..b/.c',
  'a key of 1024 bytes': 'ä'.repeat(512),
};

/** Keys that no client can ask for. */
export const UNREACHABLE_KEYS: Readonly<Record<string, string>> = {
  'a key with a .. segment': 'a/../b.txt',
  'a key with a . segment': './a.txt',
};
