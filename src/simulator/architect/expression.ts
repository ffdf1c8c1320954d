import { ownOf } from "../json.ts";

/** A piece of an expression: a string literal's content, or the code between literals. */
interface Piece {
  readonly literal: boolean;
  readonly text: string;
}

/** Splits an expression at its string literals; `\"` stays inside one (architect-yaml §7). */
function pieces(expression: string): Piece[] {
  const result: Piece[] = [];
  const pattern = /"((?:\\.|[^"\\])*)"/gs;
  let from = 0;
  for (const match of expression.matchAll(pattern)) {
    result.push({ literal: false, text: expression.slice(from, match.index) });
    result.push({ literal: true, text: (match[1] ?? "").replace(/\\(.)/gs, "$1") });
    from = match.index + match[0].length;
  }
  result.push({ literal: false, text: expression.slice(from) });
  return result;
}

/** Functions that find an object by its name; they compare case-insensitively (architect-yaml §7). */
const finders: Readonly<Record<string, string>> = {
  findqueue: "queue",
  findskill: "skill",
  findlanguageskill: "language",
  findgroup: "group",
  finduser: "user",
  findschedule: "schedule",
  findschedulegroup: "schedule-group",
  findemergencygroup: "emergency-group",
  finduserprompt: "prompt",
  findutilizationlabel: "utilization-label",
};

/** User prompts named as `Prompt.x` outside string literals. */
export function promptTokens(expression: string): string[] {
  return pieces(expression)
    .filter((piece) => !piece.literal)
    .flatMap((piece) => [...piece.text.matchAll(/(?<![\w.])Prompt\.(\w+)/gi)].map((match) => match[1] ?? ""));
}

/** Objects looked up by a literal name, as in `FindQueue("Billing")`. */
export function literalLookups(expression: string): { kind: string; name: string }[] {
  const all = pieces(expression);
  return all.flatMap((piece, at) => {
    const code = all[at - 1]?.text ?? "";
    const name = /([A-Za-z]+)\s*\(\s*$/.exec(code)?.[1]?.toLowerCase() ?? "";
    const kind = ownOf(finders, name);
    return piece.literal && kind !== undefined ? [{ kind, name: piece.text }] : [];
  });
}
