import { canonicalJson, type Obj } from "../../model/json.ts";
import type { StackChange, StackChanges } from "../../report/stack-text.ts";

/** What an update of a stack does or did, as the one JSON document of stdout. */
export function stackDocument({ stack, changes, same }: StackChanges, more: Obj): string {
  const count = (action: StackChange["action"]): number => changes.filter((change) => change.action === action).length;
  const summary = {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    delete: count("delete"),
    import: changes.filter(({ action, imported }) => action === "import" || imported === true).length,
    same,
  };
  return canonicalJson({ stack, summary, changes, ...more });
}
