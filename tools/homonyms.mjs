// Fails where two modules of the product export different things under one name: a name has one meaning. Command modules are
// looked up by file and not imported by name; the simulator shares no code with the product and speaks the API's own words.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const LEFT_OUT = ["src/simulator/", "src/cli/commands/", "/generated/"];

/** Names that the modules export by a declaration of their own, with the files: a name that is passed on counts once. */
export function homonyms(files) {
  const places = new Map();
  for (const [file, text] of files) {
    for (const name of exportedNames(file, text)) places.set(name, new Set([...(places.get(name) ?? []), file]));
  }
  return [...places].filter(([, found]) => found.size > 1).map(([name, found]) => ({ name, files: [...found] }));
}

function exportedNames(file, text) {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const exported = statements.filter(({ modifiers }) =>
    modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
  );
  return exported.flatMap(({ name, declarationList }) => {
    const declared = name === undefined ? (declarationList?.declarations ?? []).map((each) => each.name) : [name];
    return declared.filter(ts.isIdentifier).map(({ text: called }) => called);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entries = readdirSync("src", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => path.endsWith(".ts") && !LEFT_OUT.some((part) => path.includes(part)));
  const found = homonyms(paths.map((path) => [path, readFileSync(path, "utf8")]));
  for (const { name, files } of found) console.error(`${name} has several meanings: ${files.join(", ")}`);
  if (found.length > 0) process.exit(1);
}
