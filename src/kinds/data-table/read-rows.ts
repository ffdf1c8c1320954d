import type { Steps } from "../../model/api.ts";
import { textOf, type Json, type Obj } from "../../model/json.ts";
import type { List } from "../../model/kind.ts";
import { readList } from "../../model/read-list.ts";

/** Without `showbrief=false` a row is only its key (genesys-api §3). */
const ROWS: List = {
  op: "GET /api/v2/flows/datatables/{id}/rows",
  paging: "page",
  size: 100,
  query: { showbrief: false },
  identity: "key",
};

/** All rows of a table, as the API has them. */
export function* readRows(entity: Obj): Steps<Json> {
  return yield* readList(ROWS, { id: textOf(entity["id"]) });
}
