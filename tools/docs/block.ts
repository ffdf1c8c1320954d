/**
 * A page with the text between the lines `<!-- name: … -->` and `<!-- end: name -->` replaced.
 * @throws Error when the page has no such place
 */
export function withBlock(page: string, name: string, text: string): string {
  const place = new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[^]*?(<!-- end: ${name} -->)`);
  if (!place.test(page)) throw new Error(`no place for ${name}`);
  return page.replace(place, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`);
}
