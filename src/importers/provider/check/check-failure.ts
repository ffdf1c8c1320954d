import { parsePointer } from "../../../model/pointer.ts";
import { printable } from "../../../model/printable.ts";
import { formatPath } from "../../../formats/property-path.ts";

/** One thing that is wrong with inputs. */
export interface CheckFailure {
  /** Property path. */
  readonly property: string;
  /** Reads on from the path. Never holds a secret. */
  readonly reason: string;
}

/** A failure at a pointer into the inputs. Places in lists are numbers in a property path. */
export function failure(pointer: string, reason: string): CheckFailure {
  const elements = parsePointer(pointer).map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
  return failureAt(formatPath(elements), reason);
}

/** A failure at a property path. The engine shows both as they are, so names in them are made {@link printable}. */
export function failureAt(property: string, reason: string): CheckFailure {
  return { property: printable(property), reason: printable(reason) };
}
