import { digestText } from "../canonical/digest.ts";

/** Bytes of one part of a name; leaves room in 255 bytes for the suffix, an extension and an escape at either end. */
const PART_BYTES = 200;
const SUFFIX = "~";
const SUFFIX_DIGITS = 16;

/** Not allowed on Windows, our own `%` and `~`, and what cannot be seen: controls, invisible signs, unusual spaces. */
const UNSAFE = /[<>:"/\\|?*%~]|[^\S ]|\p{C}/u;

/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/**
 * File names for the keys of one kind: relative paths without extension, with `/` between directories.
 *
 * Ordinary names stay readable; everything else is percent-encoded, so that {@link keyOfFile} gives the key back on any
 * file system. Keys that a file system without case would confuse all get a suffix of their digest, and a key that is
 * too long for one name is spread over nested directories. No name leaves its directory or is hidden.
 */
export function fileNames(keys: readonly string[]): Map<string, string> {
  const plain = new Map([...new Set(keys)].map((key) => [key, safeText(key)]));
  const uses = new Map<string, number>();
  for (const text of plain.values()) uses.set(foldCase(text), (uses.get(foldCase(text)) ?? 0) + 1);
  return new Map(
    [...plain].map(([key, text]) => {
      const suffix = SUFFIX + digestText(key).slice(0, SUFFIX_DIGITS);
      const parts = splitBytes(text);
      const last = guardEnds(parts.pop() ?? "");
      const shared = (uses.get(foldCase(text)) ?? 0) > 1;
      const file = shared ? last + suffix : last === "" ? SUFFIX : last;
      return [key, [...parts.map((part) => guardEnds(part) + suffix), file].join("/")];
    }),
  );
}

/** The key of a path that {@link fileNames} made (without extension); undefined when it cannot have made it. */
export function keyOfFile(path: string): string | undefined {
  const text = path
    .split("/")
    .map((segment) => segment.replace(/~.*$/s, ""))
    .join("");
  try {
    return text.replace(/%u([0-9A-F]{4})|((?:%[0-9A-F]{2})+)|%/g, (_match, unit?: string, bytes?: string) => {
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
      return decodeURIComponent(bytes ?? "%");
    });
  } catch {
    return undefined;
  }
}

/** File systems differ in how they compose accents, so a key that is not in composed form keeps no accent as it is. */
function safeText(key: string): string {
  const composed = key === key.normalize("NFC");
  if (composed && !UNSAFE.test(key)) return key;
  return Array.from(key, (char) => (UNSAFE.test(char) || (!composed && char > "\x7f") ? escapeChar(char) : char)).join(
    "",
  );
}

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return "%" + hex(code, 2);
  const isLoneSurrogate = code >= 0xd800 && code <= 0xdfff;
  return isLoneSurrogate ? "%u" + hex(code, 4) : encodeURIComponent(char);
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, "0");
}

/** Two names with equal results may be one name to some file system; over-careful is fine here. */
function foldCase(text: string): string {
  return text.toLowerCase().normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

/** Pieces of at most {@link PART_BYTES} bytes that together are the text; escapes and characters stay whole. */
function splitBytes(text: string): string[] {
  if (Buffer.byteLength(text) <= PART_BYTES) return [text];
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const [unit] of text.matchAll(/%u[0-9A-F]{4}|%[0-9A-F]{2}(?:%[89AB][0-9A-F])*|./gsu)) {
    const size = Buffer.byteLength(unit);
    if (bytes + size > PART_BYTES) {
      parts.push(part);
      part = "";
      bytes = 0;
    }
    part += unit;
    bytes += size;
  }
  return [...parts, part];
}

/** Escapes what a name may not begin or end with: dots (hidden files, `..`), spaces, the name of a device. */
function guardEnds(part: string): string {
  const start = DEVICE.test(part) ? part.replace(/^./, escapeChar) : part.replace(/^[. ]/, escapeChar);
  return start.replace(/[. ]$/, escapeChar);
}
