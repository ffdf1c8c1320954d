import { Lexer } from "yaml";

/** Marks that the lexer puts between the pieces of the text. */
const MARKS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);

/** A text in double quotes, also inside an expression, where quotes may be escaped. */
const QUOTED = /(?<=")[^"\\]+(?=\\?")/g;

/** Plain scalars that need no quotes, whatever the YAML version. */
const PLAIN = /^[+\w](?:[+\w.@:-]*\w)?$/;

/**
 * A YAML text with some of its literals replaced: whole scalars, and string literals in double quotes inside them, as
 * expressions have them. Every other byte stays.
 * @param change the new text of a literal, or undefined when it stays
 */
export function mapLiterals(text: string, change: (literal: string) => string | undefined): string {
  return pieces(text)
    .map((piece) => changePiece(piece, change))
    .join("");
}

function pieces(text: string): string[] {
  return [...new Lexer().lex(text)].filter((piece) => !MARKS.has(piece));
}

function changePiece(piece: string, change: (literal: string) => string | undefined): string {
  if (piece.startsWith("#")) return piece;
  if (piece.startsWith("'") && piece.endsWith("'")) {
    const changed = change(piece.slice(1, -1).replaceAll("''", "'"));
    if (changed !== undefined) return `'${changed.replaceAll("'", "''")}'`;
  }
  const whole = change(piece);
  if (whole !== undefined) return PLAIN.test(whole) ? whole : JSON.stringify(whole);
  return piece.replaceAll(QUOTED, (literal) => change(literal) ?? literal);
}
