// What the least work costs: the texts of both directories are compared by digest, and only those that differ are read with
// plain parsers. The yardstick for `lockstep diff`.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

const load = (directory) =>
  new Map(
    readdirSync(directory, { recursive: true })
      .filter((path) => /\.(json|yaml)$/.test(path))
      .map((path) => {
        const text = readFileSync(`${directory}/${path}`, "utf8");
        return [path, { text, digest: createHash("sha256").update(text).digest("hex") }];
      }),
  );
const meaning = (path, file) => file && (path.endsWith(".json") ? JSON.parse : parse)(file.text);
const [from, to] = process.argv.slice(2).map(load);
const differing = [...new Set([...from.keys(), ...to.keys()])].filter((path) => {
  const [before, after] = [from.get(path), to.get(path)];
  return before?.digest !== after?.digest && !isDeepStrictEqual(meaning(path, before), meaning(path, after));
});
process.stdout.write(`${differing.length} files differ\n`);
