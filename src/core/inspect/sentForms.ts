/**
 * How clients may send a URL: as it is written, which tools do that trust it, and as the URL standard
 * writes it, which browsers do. The second is the only one where it is the same.
 * https://url.spec.whatwg.org/#url-writing
 *
 * @param url without CloudFront's own parameters
 */
export function sentForms(url: string): readonly string[] {
  const sent = url.replace(/#.*$/s, '');
  // There is no request without a path.
  const written = sent.replace(/^([a-z]+:\/\/[^/?]*)(?=\?|$)/i, '$1/');
  const standard = URL.canParse(sent) ? new URL(sent).href : written;
  return written === standard ? [standard] : [written, standard];
}
