/**
 * Whether a whole text fits a pattern, in which `*` stands for any characters and `?` for one: that of
 * IAM's policies, and of CloudFront's path patterns. No pattern takes longer than its length times
 * that of the text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function fitsWildcards(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let resume = 0;
  while (inText < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = inText;
    } else if (wanted === '?' || wanted === text[inText]) {
      at++;
      inText++;
    } else if (star >= 0) {
      // What the last asterisk stands for grows by one character.
      at = star + 1;
      inText = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Whether a text of a policy has wildcards, or a variable that stands for what is not known here. */
export function isOpen(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}
