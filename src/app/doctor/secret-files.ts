import type { App } from "../../model/app.ts";
import { besideConfig, ownKeyPath } from "../../model/workspace.ts";
import { ok, warning, type Check } from "./check.ts";

const NAME = "files with secrets";

/** Are the files that hold secrets, among them the key of the placeholders, closed to everybody but their owner? */
export async function secretFilesCheck({ workspace, files }: Pick<App, "workspace" | "files">): Promise<Check[]> {
  const { orgs, include, secrets, notify } = workspace.config;
  const references = [
    orgs.primary.clientSecret,
    orgs.standby.clientSecret,
    include.secretsKey ?? "",
    ...secrets.map(({ value }) => value),
    ...notify.flatMap((recipient) => [
      "url" in recipient ? recipient.url : "",
      "signingSecret" in recipient ? (recipient.signingSecret ?? "") : "",
    ]),
  ];
  const named = references.flatMap((reference) =>
    reference.startsWith("file:") ? [besideConfig(workspace, reference.slice("file:".length))] : [],
  );
  const own = include.secrets === "placeholders" && include.secretsKey === undefined;
  const paths = [...new Set([...named, ...(own ? [ownKeyPath(workspace)] : [])])];
  if (paths.length === 0) return [];
  const open = await Promise.all(paths.map(async (path) => ((await files.isOpenToOthers(path)) ? [path] : [])));
  const found = open.flat();
  if (found.length === 0) return [ok(NAME, "Nobody but their owner may read or change them")];
  return found.map((path) => warning(NAME, `${path} is open to others than its owner`, `Run \`chmod 600 ${path}\`.`));
}
