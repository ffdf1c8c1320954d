import { isMap, isNode, isPair, isScalar, type Document, type LineCounter, type Node } from "yaml";

/** The line of the place that a list of keys and indexes leads to, or of the last thing on the way there. */
export type LineOf = (segments: readonly string[]) => number;

/** A function that finds lines in a parsed YAML document. A key of a map is found at the key, not at its value. */
export function lineFinder(document: Document.Parsed, lines: LineCounter): LineOf {
  return (segments) => {
    for (let length = segments.length; length > 0; length--) {
      const start = startOf(document, segments.slice(0, length));
      if (start !== undefined) return lines.linePos(start).line;
    }
    return 1;
  };
}

function startOf(document: Document.Parsed, segments: readonly string[]): number | undefined {
  const holder: unknown = segments.length > 1 ? document.getIn(segments.slice(0, -1), true) : document.contents;
  const last = segments.at(-1);
  const key: unknown = isMap(holder)
    ? holder.items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === last)?.key
    : document.getIn(segments, true);
  return isNode(key) ? (key as Node).range?.[0] : undefined;
}
