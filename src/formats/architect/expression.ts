/** A piece of an expression; offsets are into the expression's text. */
interface Token {
  readonly is: "string" | "word" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Something that an expression names. */
export interface ExpressionName {
  /** `find`: argument of a Find function; `prompt`: a user prompt; `text`: an expression that is only a string. */
  readonly is: "find" | "prompt" | "text";
  /** The Find function in lower case, such as `findqueue`; empty otherwise. */
  readonly finds: string;
  /** The name; for a Find call that computes its argument, the argument as written. */
  readonly name: string;
  readonly dynamic: boolean;
  /** Where the name stands, quotes and the `Prompt.` prefix left out. */
  readonly start: number;
  readonly end: number;
}

const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*|\S/gu;

function tokensOf(expression: string): Token[] {
  return Array.from(expression.matchAll(TOKEN), (match): Token => {
    const text = match[0];
    const is = text.length > 1 && text.startsWith('"') ? "string" : /^[\p{L}_]/u.test(text) ? "word" : "sign";
    return { is, text, start: match.index, end: match.index + text.length };
  });
}

/** The text between the quotes of a string literal, unescaped (architect-yaml §7: double quotes with `\"`). */
function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(["\\])/g, "$1");
}

/** Text as it stands between the quotes of a string literal in an expression. */
export function escapeInLiteral(text: string): string {
  return text.replace(/["\\]/g, "\\$&");
}

/** The string of an expression that is nothing but one string literal. */
export function literalOf(expression: string): ExpressionName | undefined {
  const [only, second] = tokensOf(expression);
  return only?.is === "string" && !second ? textName(only) : undefined;
}

/** All string literals of an expression, in order. */
export function literalsOf(expression: string): string[] {
  return tokensOf(expression).flatMap((token) => (token.is === "string" ? [unquote(token.text)] : []));
}

/**
 * What an expression names: arguments of `Find...("X")` and user prompts (`Prompt.X` outside string literals), in order.
 * Function names compare case-insensitively (architect-yaml §7).
 */
export function expressionNames(expression: string): ExpressionName[] {
  const tokens = tokensOf(expression);
  return tokens.flatMap((token, at): ExpressionName[] => {
    if (token.is !== "word") return [];
    const prompt = /^prompt\.([^.]+)/i.exec(token.text)?.[1];
    if (prompt !== undefined) return [promptName(token, prompt)];
    const isFind = /^find/i.test(token.text) && tokens[at + 1]?.text === "(";
    return isFind ? [findCall(token, tokens, at + 2, expression)] : [];
  });
}

function textName(token: Token): ExpressionName {
  const name = unquote(token.text);
  return { is: "text", finds: "", name, dynamic: false, start: token.start + 1, end: token.end - 1 };
}

function promptName(token: Token, name: string): ExpressionName {
  const start = token.start + "prompt.".length;
  return { is: "prompt", finds: "", name, dynamic: false, start, end: start + name.length };
}

function findCall(word: Token, tokens: readonly Token[], from: number, expression: string): ExpressionName {
  const finds = word.text.toLowerCase();
  const argument = tokens[from];
  if (argument?.is === "string" && tokens[from + 1]?.text === ")") {
    return { ...textName(argument), is: "find", finds };
  }
  const end = endOfArguments(tokens, from);
  const start = argument?.start ?? word.end;
  return { is: "find", finds, name: expression.slice(start, end).trim(), dynamic: true, start, end };
}

/** Offset of the bracket that closes the call whose arguments begin at a token. */
function endOfArguments(tokens: readonly Token[], from: number): number {
  let depth = 1;
  for (const token of tokens.slice(from)) {
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (depth === 0) return token.start;
  }
  return tokens.at(-1)?.end ?? 0;
}
