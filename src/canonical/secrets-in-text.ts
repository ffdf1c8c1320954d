/** The part of a text that is a secret. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Names of what nobody should read, without what may come before them: of headers (RFC 9110 §11.6.2), parameters (RFC 6749
 * §2.3.1), properties and columns.
 */
export const SECRET_WORDS =
  "(?:proxy-)?authori[sz]ation|(?:api|access|account|auth|functions|private|secret|shared|subscription)[-_ ]?key|" +
  "(?:access|api|auth|bearer|refresh|session)?[-_ ]?token|(?:api|client|shared)?[-_ ]?secret|pass(?:word|phrase|wd)?|pwd";

/**
 * `name=value` and `name: value` in a text: in the query of an address, in JSON, in a form, in the YAML of a flow. Quotes may be
 * escaped, and a value in quotes may hold what ends one without. Values with `$`, `{` or `<` are templates or placeholders.
 */
const ASSIGNED = new RegExp(
  `(?<![a-z])(?:${SECRET_WORDS})\\\\*["']?\\s*(?:[:=]|%3D)\\s*` +
    `(?:(?:basic|bearer|token|apikey)\\s+)?` +
    `(?:\\\\*["'](?:(?:basic|bearer|token|apikey)\\s+)?(?<quoted>[^\\s"'\\\\$\\x7b\\x7d<>]{8,})\\\\*["']|(?<bare>[\\w.~+/=!@#%^*-]{8,}))`,
  "dgi",
);

/** Credentials of a scheme (RFC 6750 §2.1, RFC 7617 §2), tokens (RFC 7519 §3) and keys (RFC 7468 §10), under any name. */
const SHAPES = [
  /\bbearer\s+(?<secret>[\w.~+/=-]{16,})/dgi,
  /\bbasic\s+(?<pair>[a-z0-9+/]{12,}={0,2})/dgi,
  /(?<secret>\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,})/dg,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?<secret>[^-]{16,})/dg,
] as const;

/** Letters and digits, as words rarely have both. */
const MIXED = /^(?=.*\d)(?=.*[a-z])/is;

/** A variable of a flow, which is a name and not a value. */
const VARIABLE = /^[A-Z][a-z]+\.\w+$/;

/** Finds what is given under the name of a secret inside a text, and what has the shape of one. */
export function secretsInText(text: string): TextRange[] {
  return [ASSIGNED, ...SHAPES].flatMap((pattern) => [...text.matchAll(pattern)].flatMap(rangeOf));
}

function rangeOf({ groups = {}, indices }: RegExpExecArray): TextRange[] {
  const name = Object.keys(groups).find((one) => groups[one] !== undefined) ?? "";
  const found = groups[name] ?? "";
  const isSecret = name === "pair" ? isLogin(found) : MIXED.test(found) && !VARIABLE.test(found);
  const range = indices?.groups?.[name];
  return isSecret && range !== undefined ? [{ start: range[0], end: range[1] }] : [];
}

/** A name and a password, joined by a colon and encoded; other words are neither. */
function isLogin(encoded: string): boolean {
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(Buffer.from(encoded, "base64").toString("latin1"));
}
