import { isList, isObj, type Json } from "../../../src/model/json.ts";

/**
 * Reads a property path as the engine does (`sdk/go/common/resource/properties_path.go`), written apart from the product.
 * @throws where the engine would not understand it
 */
export function readPath(path: string): (string | number)[] {
  const elements: (string | number)[] = [];
  let rest = path;
  if (rest.startsWith(".")) throw new Error("starts with a dot");
  while (rest !== "") {
    if (rest.startsWith(".")) {
      rest = rest.slice(1);
      if (rest === "" || rest.startsWith("[")) throw new Error(`no name after a dot: ${path}`);
    } else if (rest.startsWith('["')) {
      let name = "";
      let at = 2;
      for (; rest[at] !== '"'; at += 1) {
        if (at >= rest.length) throw new Error(`no closing quote: ${path}`);
        if (rest[at] === "\\" && rest[at + 1] === '"') at += 1;
        name += rest[at] ?? "";
      }
      if (rest[at + 1] !== "]") throw new Error(`no closing bracket: ${path}`);
      elements.push(name);
      rest = rest.slice(at + 2);
    } else if (rest.startsWith("[")) {
      const index = /^\[(\d+)\]/.exec(rest);
      if (index === null) throw new Error(`no index: ${path}`);
      elements.push(Number(index[1]));
      rest = rest.slice(index[0].length);
    } else {
      const name = /^[^.[]+/.exec(rest)?.[0] ?? "";
      elements.push(name);
      rest = rest.slice(name.length);
    }
  }
  return elements;
}

/** The value that a property path leads to; undefined when there is none. */
export function valueAtPath(value: Json, path: string): Json | undefined {
  return readPath(path).reduce<Json | undefined>((carry, element) => {
    if (typeof element === "number") return isList(carry) ? carry[element] : undefined;
    return isObj(carry) && Object.hasOwn(carry, element) ? carry[element] : undefined;
  }, value);
}
