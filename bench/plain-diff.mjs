// What reading and comparing the files costs with plain parsers and nothing else: the yardstick for `lockstep diff`.
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

const load = (directory) =>
  new Map(
    readdirSync(directory, { recursive: true })
      .filter((path) => /\.(json|yaml)$/.test(path))
      .map((path) => [
        path,
        (path.endsWith(".json") ? JSON.parse : parse)(readFileSync(`${directory}/${path}`, "utf8")),
      ]),
  );
const [from, to] = process.argv.slice(2).map(load);
const differing = [...new Set([...from.keys(), ...to.keys()])].filter(
  (path) => !isDeepStrictEqual(from.get(path), to.get(path)),
);
process.stdout.write(`${differing.length} files differ\n`);
