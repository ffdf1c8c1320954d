import { isScalar, type Scalar } from "yaml";
import { scalarText } from "./data.ts";
import { expressionNames, literalOf, type ExpressionName } from "./expression.ts";
import type { FlowPlace } from "./place.ts";
import type { Site } from "./site.ts";
import { kindAround, holderOf } from "./surroundings.ts";
import { kindFound } from "./vocabulary.ts";

/** Names inside expressions, and the string that a `find...` action looks up (architect-yaml §4.1, §4.8, §7). */
export function expressionSites(place: FlowPlace): Site[] {
  if (!isScalar(place.node)) return [];
  if (place.key === "lit") return foundByLiteral(place, place.node);
  return place.key === "exp" ? namedInExpression(place, place.node) : [];
}

function foundByLiteral(place: FlowPlace, scalar: Scalar): Site[] {
  const finder = finderAround(place);
  const name = scalarText(scalar);
  if (!finder || finder.byId || typeof place.data !== "string" || name === "") return [];
  return [{ kind: finder.kind, name, form: "value", place, scalar, span: [0, name.length] }];
}

function namedInExpression(place: FlowPlace, scalar: Scalar): Site[] {
  const finder = finderAround(place);
  const text = scalarText(scalar);
  const literal = finder && literalOf(text);
  if (literal) return finder.byId ? [] : [staticSite(literal, finder.kind, place, scalar)];
  const sites = namesIn(text, place, scalar);
  return sites.length > 0 ? sites : computed(text, finder?.kind ?? kindAround(place), place, scalar);
}

/** What the action around `findName` or `findId` looks up. */
function finderAround(place: FlowPlace): { kind: string; byId: boolean } | undefined {
  const owner = holderOf(place);
  const key = owner?.key ?? "";
  return /^find/.test(key) && key !== "findResult" ? kindFound(owner?.parent?.key ?? "") : undefined;
}

function namesIn(expression: string, place: FlowPlace, scalar: Scalar): Site[] {
  return expressionNames(expression).flatMap((found): Site[] => {
    const span: [number, number] = [found.start, found.end];
    if (found.is === "prompt") return [{ kind: "prompt", name: found.name, form: "prompt", place, scalar, span }];
    const finder = found.is === "find" ? kindFound(found.finds) : undefined;
    if (!finder) return [];
    if (!found.dynamic) return finder.byId ? [] : [staticSite(found, finder.kind, place, scalar)];
    return [{ kind: finder.kind, name: found.name, form: "expression", dynamic: true, place, scalar, span }];
  });
}

function staticSite(found: ExpressionName, kind: string, place: FlowPlace, scalar: Scalar): Site {
  const span: [number, number] = [found.start, found.end];
  return { kind, name: found.name, form: "expression", quoted: true, place, scalar, span };
}

/**
 * Expressions that are surely not a name computed at run time: unset, a system prompt, or the hold music of the queue,
 * which in-queue flows have as a variable of their own (unverified; 8 of 13 published flows play it).
 */
const SETTLED = /\bNOT_SET\b|\bPromptSystem\.|^\s*Flow\.HoldPrompt\s*$/i;

/** A whole expression in the place of a name, such as `targetQueue: {exp: Flow.queue}`. */
function computed(expression: string, kind: string | undefined, place: FlowPlace, scalar: Scalar): Site[] {
  if (kind === undefined || SETTLED.test(expression)) return [];
  const span: [number, number] = [0, expression.length];
  return [{ kind, name: expression, form: "expression", dynamic: true, place, scalar, span }];
}
