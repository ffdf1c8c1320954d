// Replaces `vitest` inside the bundle of the mutation runner: collects tests instead of running them.
import { format } from "node:util";
import { expect } from "vitest";

export { expect };

/** Every test that was declared so far: `{id, file, name, work}`. */
export const tests = [];

const names = [];
const known = new Set();

let file = "";

/** Takes in the tests of a file, which `load` evaluates. */
export async function collect(path, load) {
  file = path;
  await load();
}

export function describe(name, declare) {
  names.push(name);
  try {
    declare();
  } finally {
    names.pop();
  }
}

export function it(name, work) {
  const full = [...names, name].join(" ");
  let id = `${file}: ${full}`;
  // Rows of a table may have equal names.
  for (let copy = 2; known.has(id); copy += 1) id = `${file}: ${full} (${copy})`;
  known.add(id);
  tests.push({ id, file, name: full, work });
}

it.each = (rows) => (name, work) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    it(name.includes("%") ? format(name, ...values) : name, () => work(...values));
  }
};
