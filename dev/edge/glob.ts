/**
 * Whether a whole text matches a pattern in which `*` stands for zero or more characters of any
 * kind and `?` for exactly one. Case-sensitive; nothing else is special. Linear in memory and at
 * worst quadratic in time, so that a hostile pattern cannot stall the edge.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterStar = -1;
  let starCovers = 0;
  while (inText < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      inPattern += 1;
      afterStar = inPattern;
      starCovers = inText;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[inText])) {
      inPattern += 1;
      inText += 1;
    } else if (afterStar === -1) {
      return false;
    } else {
      starCovers += 1;
      inPattern = afterStar;
      inText = starCovers;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
