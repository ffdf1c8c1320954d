import { defined } from "../../../model/defined.ts";
import { splitCoordinate } from "../../../model/coordinate.ts";
import { LockstepError } from "../../../model/error.ts";
import { isList, isObj, type Json, type Obj, textOf } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { valueAt } from "../../../model/pointer.ts";
import { withSuggestion } from "../../../model/suggest.ts";
import { deferredPointers } from "../../../canonical/phases.ts";
import { canonicalInputs } from "./canonical-inputs.ts";
import { checkFields } from "./check-fields.ts";
import { failure, failureAt, type CheckFailure } from "./check-failure.ts";
import { objectIn, treatmentOf } from "../read/inputs.ts";
import { contentPointer, linkedValues, withLinked } from "../write/link.ts";
import { isGivenKey, naturalKey } from "./natural-key.ts";
import { valuesIn } from "./diff.ts";
import { UNKNOWN } from "../rpc/values.ts";

export type { CheckFailure } from "./check-failure.ts";

/** Inputs as the engine should go on with them, and what is wrong with them. */
export interface Checked {
  readonly inputs: Obj;
  readonly failures: readonly CheckFailure[];
}

const TREATMENT: ReadonlySet<string> = new Set([
  "ignored",
  "linked",
  "extra",
  "moved",
  "takes",
  "leaving",
  "retained",
  "sourceId",
]);
const LISTS = ["ignored", "linked", "extra"] as const;
const SWITCHES = ["retained", "leaving"] as const;

/**
 * Checks the inputs of a resource. Pure. What is not known yet passes. The inputs come back in canonical form and with the
 * natural key, where the program left that to the fields of the object.
 * @param olds inputs of the last time: a text that was checked then is not read again
 */
export function checkInputs(kind: Kind, news: Obj, olds: Obj = {}): Checked {
  const failures = treatmentFailures(news["lockstep"]);
  if (treatmentOf(news).retained) return { inputs: news, failures: [...failures, ...keyFailures(news["key"])] };
  const { key: given, lockstep } = news;
  const object = canonicalInputs(kind, objectOnly(news));
  const key = given ?? naturalKey(kind, object);
  const inputs = { ...object, ...defined({ key, lockstep }) };
  return {
    inputs,
    failures: [
      ...failures,
      ...keyFailures(key),
      ...(given === undefined ? [] : nameFailures(kind, given, object)),
      ...checkFields(kind, object, treatmentOf(news).extra),
      ...contentFailures(kind, object, olds),
    ],
  };
}

/** Checks the inputs of a Link. Pure. */
export function checkLink(kinds: ReadonlyMap<string, Kind>, news: Obj): Checked {
  const target = news["target"];
  const unknown = Object.keys(news).filter((name) => !["target", "values", "lockstep"].includes(name));
  const failures = [
    ...unknown.map((name) => failure(`/${name}`, `A Link has no input ${name}`)),
    ...treatmentFailures(news["lockstep"]),
  ];
  if (target === UNKNOWN) return { inputs: news, failures };
  const { kind: kindName, key } = splitCoordinate(textOf(target));
  const kind = kinds.get(kindName);
  if (kind?.mode !== "write" || key === "") {
    const reason = 'Must be the coordinate of the object that the Link completes, such as "queue/Billing"';
    return { inputs: news, failures: [...failures, failure("/target", reason)] };
  }
  if (news["values"] === UNKNOWN) return { inputs: news, failures };
  if (!isObj(news["values"]))
    return { inputs: news, failures: [...failures, failure("/values", "Is missing: values by pointer")] };
  const values = valuesIn(news);
  const pointers = Object.keys(values);
  const object = canonicalInputs(kind, withLinked({}, values));
  const may = new Set([...deferredPointers(kind, withLinked({}, values)), contentPointer(kind)]);
  const wrong = pointers.filter((pointer) => !may.has(pointer));
  return {
    inputs: { ...news, values: linkedValues(object, pointers) },
    failures: [
      ...failures,
      ...wrong.map((pointer) =>
        failureAt(
          `values["${pointer}"]`,
          `A ${kind.title.toLowerCase()} has nothing at ${pointer} that may close a cycle of references`,
        ),
      ),
    ],
  };
}

/** Everything but the object's companions; outputs that a program passes on as inputs are reported as unknown fields. */
function objectOnly({ key: _, lockstep: __, ...object }: Obj): Obj {
  return object;
}

function treatmentFailures(lockstep: Json | undefined): CheckFailure[] {
  if (lockstep === undefined || lockstep === UNKNOWN) return [];
  if (!isObj(lockstep)) return [failure("/lockstep", "Must be an object that says how lockstep treats the resource")];
  const unknown = Object.keys(lockstep).filter((name) => !TREATMENT.has(name));
  const broken = LISTS.filter((name) => lockstep[name] !== undefined && !isPointers(lockstep[name]));
  return [
    ...unknown.map((name) =>
      failure(`/lockstep/${name}`, withSuggestion("Is no setting of lockstep", name, TREATMENT)),
    ),
    ...broken.map((name) =>
      failure(`/lockstep/${name}`, 'Must be a list of pointers such as "/acwSettings/timeoutMs"'),
    ),
    ...(lockstep["moved"] === undefined || lockstep["moved"] === UNKNOWN || isObj(lockstep["moved"])
      ? []
      : [failure("/lockstep/moved", "Must map old coordinates to new ones")]),
    ...(lockstep["takes"] === undefined || isTexts(lockstep["takes"])
      ? []
      : [failure("/lockstep/takes", 'Must be a list of coordinates such as "ivr/Main"')]),
    ...SWITCHES.filter((name) => !["boolean", "undefined"].includes(typeof lockstep[name])).map((name) =>
      failure(`/lockstep/${name}`, "Must be true or false"),
    ),
  ];
}

function isTexts(value: Json): boolean {
  return value === UNKNOWN || (isList(value) && value.every((item) => typeof item === "string"));
}

function isPointers(value: Json | undefined): boolean {
  return (
    value === UNKNOWN ||
    (isList(value) && value.every((item) => item === "" || (typeof item === "string" && isPointer(item))))
  );
}

function isPointer(text: string): boolean {
  return text === UNKNOWN || text.startsWith("/");
}

function keyFailures(key: Json | undefined): CheckFailure[] {
  if (typeof key === "string" && key !== "") return [];
  return [failure("/key", "Is missing: the name by which the object is known in both organisations")];
}

/** A key that its fields contradict would not be found, and the object would be created twice. */
function nameFailures(kind: Kind, given: Json, object: Obj): CheckFailure[] {
  const told = naturalKey(kind, object);
  if (typeof given !== "string" || given === UNKNOWN || isGivenKey(given) || told === undefined || told === UNKNOWN)
    return [];
  if (told === given) return [];
  return [failure("/key", `Is ${JSON.stringify(given)}, but the fields of the object make it ${JSON.stringify(told)}`)];
}

/** A text has to be readable, because it is compared by its meaning. */
function contentFailures(kind: Kind, object: Obj, olds: Obj): CheckFailure[] {
  const at = contentPointer(kind);
  const text = at === undefined ? undefined : valueAt(object, at);
  if (at === undefined || typeof text !== "string" || text === UNKNOWN || text === valueAt(objectIn(olds), at))
    return [];
  try {
    kind.content?.comparable(text);
    return [];
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    return [
      failure(at, `${error.message}${error.place.path === undefined ? "" : ` (${error.place.path})`}. ${error.hint}`),
    ];
  }
}
