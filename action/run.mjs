// The step of action.yml: turns its inputs into one command of the lockstep that the repository has installed, and what the command
// found into outputs and a job summary. It has no packages of its own, so that it runs as it is.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** @typedef {{ args: string[], reports?: boolean, tells?: boolean, allowed: number[] }} Job */

/** @param {string} name as in action.yml */
function input(name) {
  const value = (process.env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`] ?? "").trim();
  // A line end in a path would end the line of an output, too.
  if (/[\r\n]/.test(value) && name !== "allow") throw new Error(`The input ${name} has more than one line`);
  return value;
}

/** @param {string} name @param {boolean} [unset] what no value means, such as that of a variable that is not there */
function isOn(name, unset = false) {
  const value = input(name) || String(unset);
  if (!["true", "false"].includes(value)) throw new Error(`The input ${name} is ${value}; expected true or false`);
  return value === "true";
}

/** @param {string} name @param {string} option */
const given = (name, option = `--${name}`) => (input(name) === "" ? [] : [option, input(name)]);

/** What a mode runs, and with which exit codes its step goes through. @type {Record<string, () => Job>} */
const MODES = {
  drift: () => ({ args: ["diff", ...given("only")], reports: true, allowed: isOn("fail-on-drift") ? [0] : [0, 2] }),
  plan: () => ({ args: ["plan", "--output", planFile(), ...given("only")], reports: true, allowed: [0, 2] }),
  apply: () => ({ args: ["apply", planFile(), ...allows()], allowed: [0] }),
  snapshot: () => ({
    args: ["snapshot", input("side") || "primary", ...given("only"), ...commits()],
    allowed: [0],
  }),
  issue: () => nightly("issue"),
  notify: () => nightly("notify"),
  pr: () => ({
    args: [
      ["pr", ...(isOn("check") ? ["--check"] : []), ...given("label"), ...given("environment")],
      [
        ...given("fail-on"),
        ...(isOn("comment", true) ? [] : ["--base", input("base") || "origin/main"]),
        "--format",
        "markdown",
      ],
    ].flat(),
    tells: true,
    allowed: [0],
  }),
};

/** @param {"issue" | "notify"} command @returns {Job} */
const nightly = (command) => ({
  args: [command, ...given("environment"), "--format", "markdown"],
  tells: true,
  allowed: isOn("fail-on-drift") ? [0] : [0, 2],
});

/** What becomes of a snapshot in Git. */
function commits() {
  const how = input("commit");
  if (!["", "commit", "push", "pull-request"].includes(how))
    throw new Error(`The input commit is ${how}; expected commit, push or pull-request`);
  return how === "" ? [] : [`--${how}`];
}

const planFile = () => input("plan") || "plan.json";

const allows = () =>
  input("allow")
    .split(/[\s,]+/)
    .flatMap((guard) => (guard === "" ? [] : ["--allow", guard]));

/** The command line that is installed where the action works, never one that is downloaded. */
function installed() {
  try {
    const file = createRequire(join(process.cwd(), "here.js")).resolve("lockstep/package.json");
    return join(dirname(file), "dist", "cli", "main.js");
  } catch {
    throw new Error(`lockstep is not installed in ${process.cwd()}: run \`npm ci\` before this action`);
  }
}

/** @param {string[]} args @returns {Promise<{ exit: number, stdout: string }>} */
function lockstep(args) {
  const child = spawn(process.execPath, [installed(), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit: exit ?? 1, stdout }));
  });
}

/** @param {string} variable names the file that the runner reads @param {string} text */
async function tell(variable, text) {
  const file = process.env[variable] ?? "";
  if (file !== "") await appendFile(file, text);
}

/** @param {Record<string, string | number | boolean>} values */
async function setOutputs(values) {
  // A delimiter that nobody can guess: no value ends early.
  const end = randomUUID();
  await tell(
    "GITHUB_OUTPUT",
    Object.entries(values)
      .map(([name, value]) => `${name}<<${end}\n${String(value)}\n${end}\n`)
      .join(""),
  );
}

async function main() {
  const mode = input("mode") || "drift";
  const job = Object.hasOwn(MODES, mode) ? MODES[mode]?.() : undefined;
  if (job === undefined) throw new Error(`The input mode is ${mode}; expected one of ${Object.keys(MODES).join(", ")}`);
  const directory = join(process.env["RUNNER_TEMP"] || process.cwd(), "lockstep-reports", mode);
  await mkdir(directory, { recursive: true });
  const files = { json: join(directory, "report.json"), markdown: join(directory, "report.md") };
  const sarif = join(directory, "report.sarif");
  const formats = { ...files, ...(mode === "drift" ? { sarif } : {}) };
  const reports = Object.entries(formats).flatMap(([format, file]) => ["--report", `${format}=${file}`]);
  const { exit, stdout } = await lockstep([...job.args, ...given("config"), ...(job.reports === true ? reports : [])]);
  await tell("GITHUB_ENV", "LOCKSTEP_STATE=here\n");
  await setOutputs({ "exit-code": exit, "has-drift": exit === 2 });
  if (job.reports === true && [0, 2].includes(exit)) {
    const { summary } = JSON.parse(await readFile(files.json, "utf8"));
    const paths = Object.entries(formats).map(([format, file]) => [`report-${format}`, file]);
    await setOutputs({ ...summary, ...Object.fromEntries(paths), plan: mode === "plan" ? planFile() : "" });
    await tell("GITHUB_STEP_SUMMARY", await readFile(files.markdown, "utf8"));
  } else if (job.tells === true) await tell("GITHUB_STEP_SUMMARY", stdout);
  else process.stdout.write(stdout);
  process.exitCode = job.allowed.includes(exit) ? 0 : exit;
}

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  // As `@actions/core` writes a command: what would end it, or start another, is spelled out.
  const safe = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  process.stderr.write(`::error::${safe}\n`);
  process.exitCode = 1;
}
