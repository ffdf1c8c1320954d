import type { Steps } from "../../model/api.ts";
import { textOf, type Json, type Obj } from "../../model/json.ts";
import { readList } from "../../model/read-list.ts";

const CONFIGURATION = "/api/v2/webdeployments/configurations/{id}";
const VERSIONS = { op: `GET ${CONFIGURATION}/versions`, paging: "cursor", size: 300, identity: "version" } as const;

/** The newest published version of a configuration; null where only a draft exists. */
export function* newestVersion(id: string): Steps<Json> {
  const published = (yield* readList(VERSIONS, { id })).filter((version) => numberOf(version) > 0);
  return published.sort((a, b) => numberOf(b) - numberOf(a))[0] ?? null;
}

/** Published versions have numbers, the draft is called DRAFT (official provider). */
function numberOf({ version }: Obj): number {
  const number = Number(textOf(version));
  return Number.isInteger(number) ? number : 0;
}
