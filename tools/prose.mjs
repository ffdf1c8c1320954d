// Looks for the phrases of tools/prose-words.mjs in every text that people read: documents, schemas, and the comments, help and
// messages in the code. Prints each with its place and what to write instead, and fails if there is any.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { WORDS } from "./prose-words.mjs";

const READ = ["*.md", "*.ts", "*.mjs", "*.yaml", "*.yml", "schemas/*.json"];
/** Generated from texts that are checked at their source; names and sentences of simulated callers; the list itself. */
const SKIPPED = [
  ":!src/**/generated/**",
  ":!src/model/config.ts",
  ":!src/simulator/centre/**",
  ":!tools/prose-words.mjs",
];

const files = execFileSync("git", ["ls-files", "--", ...READ, ...SKIPPED], { encoding: "utf8" })
  .trim()
  .split("\n");
const found = files.flatMap((file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at) =>
      WORDS.flatMap(({ avoid, write }) => {
        const hit = avoid.exec(line);
        return hit === null ? [] : [`${file}:${at + 1}: “${hit[0]}”: write “${write}”`];
      }),
    ),
);
if (found.length > 0) console.error(`${found.join("\n")}\n${found.length} phrases to rewrite`);
process.exitCode = found.length > 0 ? 1 : 0;
