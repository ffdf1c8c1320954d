import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import type { Json } from "../../model/json.ts";

/** What a map key or a name means as text: `401` and `"401"` are the same name, whatever YAML types they have. */
export function scalarText(scalar: Scalar): string {
  return typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value));
}

/**
 * A map key as text. A key that is not a scalar (an unsubstituted `{{placeholder}}`, architect-yaml §10) is its
 * own source text.
 */
export function keyText(key: unknown, text: string): string {
  if (isScalar(key)) return scalarText(key);
  const range = (key as Node | null)?.range;
  return range ? text.slice(range[0], range[1]) : "";
}

/** YAML 1.2 core data as JSON. Numbers that JSON cannot hold exactly stay as they are written. */
export function toJson(node: unknown, text: string): Json {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map((pair) => [keyText(pair.key, text), toJson(pair.value, text)]));
  }
  if (isSeq(node)) return node.items.map((item) => toJson(item, text));
  return isScalar(node) ? scalarJson(node) : null;
}

function scalarJson(scalar: Scalar): Json {
  const { value } = scalar;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "number") return value === null || value === undefined ? null : scalarText(scalar);
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return exact ? value : scalarText(scalar);
}
