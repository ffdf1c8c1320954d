/**
 * What GitHub reads in Markdown when it looks for mentions, issue numbers, commits and addresses: it looks in the rendered text, in which
 * entities are characters again, and leaves out only what is in code.
 */
export function actingText(markdown: string): string {
  return markdown
    .replace(/^ *(`{3,}).*\n[^]*?\n *\1$/gm, "")
    .replace(/`[^`\n]*`|<code>[^<]*<\/code>/g, "")
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}
