import { escapeSegment } from "./pointer.ts";

/** How one object refers to another: `kind/key`, such as `queue/Billing`. The key may hold any character. */
export type Coordinate = string;

/** The coordinate of an object. */
export function coordinateOf(kind: string, key: string): Coordinate {
  return `${kind}/${key}`;
}

/** The kind and the key of a coordinate. Kind names hold no slash, so the first one separates. */
export function splitCoordinate(coordinate: Coordinate): { kind: string; key: string } {
  const slash = coordinate.indexOf("/");
  if (slash < 0) return { kind: "", key: coordinate };
  return { kind: coordinate.slice(0, slash), key: coordinate.slice(slash + 1) };
}

/**
 * A key made of several names, such as site and route. Slashes inside a name are escaped as in RFC 6901, so
 * two different lists of names never give the same key.
 */
export function joinKey(...names: readonly string[]): string {
  return names.map(escapeSegment).join("/");
}

/** The names of which {@link joinKey} made a key. */
export function splitKey(key: string): string[] {
  return key.split("/").map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}
